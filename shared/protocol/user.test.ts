import * as v from 'valibot'
import { expect, it } from 'vitest'
import { User } from './user'

const anna = { id: 'uanna', nickname: 'Anna', avatar: 3 }

it('[WX30] a picture is a path on this server and leads nowhere else', () => {
  for (const picture of [undefined, '/pictures/uanna-0123456789abcdef.jpg', '/pictures/uanna-0123456789abcdef.webp'])
    expect(v.is(User, { ...anna, picture })).toBe(true)
  for (const picture of ['', '@evil.example/a.jpg', '.evil.example/a.jpg', 'https://evil.example/a.jpg', '/pictures/../covers/a.jpg', '/pictures/a.jpg?to=evil', '/pictures/a.jpg\n'])
    expect(v.is(User, { ...anna, picture })).toBe(false)
})
