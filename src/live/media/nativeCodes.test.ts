import { describe, expect, it } from 'vitest'
import { PLAYER_CODES, PUSHER_CODES, PUSHER_ERRORS, readNativeCode } from './nativeCodes'

describe('the numbers of WeChat', () => {
  it('[PB20] every documented number of the pusher has a meaning', () => {
    const documented = [0, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1018, 1019, 1020, 1021, 1022, 1031, 1032, 1033, 1034, 1101, 1102, 1103, 1104, 1105, 1106, 3001, 3002, 3003, 3004, 3005, 4998, 4999, 5000, 5001, -1301, -1302, -1303, -1304, -1305, -1306, -1307, -1308, -1309, -1310, -1311, -1312]
    expect(documented.filter(code => !PUSHER_CODES[code])).toEqual([])
    expect([10001, 10002, 10003, 10004].filter(code => !PUSHER_ERRORS[code])).toEqual([])
  })

  it('[PB20] every documented number of the player has a meaning', () => {
    const documented = [2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009, 2030, 2032, 2101, 2102, 2103, 2104, 2105, 2106, 2107, 2108, 3001, 3002, 3003, 3005, -2301, -2302]
    expect(documented.filter(code => !PLAYER_CODES[code])).toEqual([])
  })

  it.each([10005, 10012, 10014, 2027, 2029, -99])('[PB20] %i, which nobody documents, changes nothing', (code) => {
    for (const table of [PUSHER_CODES, PUSHER_ERRORS, PLAYER_CODES])
      expect(readNativeCode(table, code)).toEqual({ type: 'progress' })
  })
})
