/**
 * The test pattern: colour bars that wander, grey steps, a wall clock and a hand that turns once in four seconds.
 * Everything keeps clear of the edges, which tall phones crop, and of the lower quarter, where the chat is.
 */
import type { Draw } from './draw'

const BARS = ['#f6f2ef', '#ffc364', '#6fd3e3', '#5ed6a0', '#d685e6', '#ff7d68', '#6f86ff']
const GREYS = ['#f6f2ef', '#c4bfc6', '#938d98', '#625c69', '#413b49', '#2a2531']
const TURN_MS = 4000
const BAR_MS = 2000
const FONT = '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

export const drawTestPattern: Draw = (pen, { width, height }, at) => {
  drawGround(pen, width, height, at)
  drawBars(pen, width * 0.16, height * 0.15, width * 0.68, height * 0.16, at)
  drawDial(pen, width / 2, height * 0.49, width * 0.22, at)
  drawGreys(pen, width * 0.16, height * 0.665, width * 0.69, height * 0.028)
  drawWords(pen, width, height)
}

function drawGround(pen: CanvasRenderingContext2D, width: number, height: number, at: number) {
  const drift = Math.sin(at / 5000) * 0.15
  const ground = pen.createLinearGradient(0, height * drift, width, height * (1 + drift))
  ground.addColorStop(0, '#2a1a2e')
  ground.addColorStop(0.55, '#17131d')
  ground.addColorStop(1, '#0f0d13')
  pen.fillStyle = ground
  pen.fillRect(0, 0, width, height)
}

function drawBars(pen: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, at: number) {
  const bar = width / BARS.length
  const passed = at / BAR_MS % BARS.length
  const first = Math.floor(passed)
  pen.save()
  pen.beginPath()
  pen.roundRect(x, y, width, height, height * 0.12)
  pen.clip()
  for (let index = 0; index <= BARS.length; index++) { // one more, half of it on either side
    pen.fillStyle = BARS[(first + index) % BARS.length]
    pen.fillRect(x + (index - (passed - first)) * bar, y, bar + 1, height)
  }
  pen.restore()
}

function drawDial(pen: CanvasRenderingContext2D, x: number, y: number, radius: number, at: number) {
  const angle = (at % TURN_MS) / TURN_MS * 2 * Math.PI - Math.PI / 2
  pen.lineCap = 'round'
  pen.lineWidth = radius * 0.07
  pen.strokeStyle = 'rgba(255, 255, 255, 0.12)'
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.stroke()
  pen.strokeStyle = '#ff7d68'
  pen.beginPath()
  pen.arc(x, y, radius, angle - 1.4, angle)
  pen.stroke()
  pen.fillStyle = '#ffffff'
  pen.beginPath()
  pen.arc(x + radius * Math.cos(angle), y + radius * Math.sin(angle), radius * 0.09, 0, 2 * Math.PI)
  pen.fill()
  drawClock(pen, x, y, radius, new Date(at))
}

function drawClock(pen: CanvasRenderingContext2D, x: number, y: number, radius: number, now: Date) {
  const two = (part: number) => String(part).padStart(2, '0')
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillStyle = '#f6f2ef'
  pen.font = `600 ${radius * 0.38}px ${FONT}`
  pen.fillText(`${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`, x, y - radius * 0.06)
  pen.fillStyle = '#ff9a89'
  pen.font = `500 ${radius * 0.2}px ${FONT}`
  pen.fillText(`.${Math.floor(now.getMilliseconds() / 100)}`, x, y + radius * 0.3)
}

function drawGreys(pen: CanvasRenderingContext2D, x: number, y: number, width: number, height: number) {
  GREYS.forEach((colour, index) => {
    pen.fillStyle = colour
    pen.beginPath()
    pen.roundRect(x + index * width / GREYS.length, y, width / GREYS.length - height * 0.25, height, height * 0.3)
    pen.fill()
  })
}

function drawWords(pen: CanvasRenderingContext2D, width: number, height: number) {
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillStyle = '#f6f2ef'
  pen.font = `600 ${width * 0.052}px ${FONT}`
  pen.fillText('测试画面', width / 2, height * 0.735)
  pen.fillStyle = '#b0a9b6'
  pen.font = `400 ${width * 0.034}px ${FONT}`
  pen.fillText('Test pattern · 440 Hz', width / 2, height * 0.77)
}
