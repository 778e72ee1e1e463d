/** What stands in for the picture while only sound is sent. */
import type { Draw } from './draw'

const BAR_COUNT = 7
const BREATH_MS = 3000

export const drawAudioCard: Draw = (pen, { width, height }, at) => {
  const ground = pen.createLinearGradient(0, 0, width, height)
  ground.addColorStop(0, '#2a1a2e')
  ground.addColorStop(1, '#0f0d13')
  pen.fillStyle = ground
  pen.fillRect(0, 0, width, height)
  pen.lineCap = 'round'
  pen.strokeStyle = '#ff7d68'
  pen.lineWidth = width * 0.03
  for (let index = 0; index < BAR_COUNT; index++) {
    const breath = Math.sin(at / BREATH_MS * 2 * Math.PI + index * 0.9)
    const half = height * (0.022 + 0.018 * breath) * (1 - Math.abs(index - 3) * 0.14)
    const x = width / 2 + (index - 3) * width * 0.065
    pen.beginPath()
    pen.moveTo(x, height * 0.45 - half)
    pen.lineTo(x, height * 0.45 + half)
    pen.stroke()
  }
}
