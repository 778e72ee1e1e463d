// The picture of the demo room, drawn in a browser: dusk over a quiet sea. Everything moves a whole number of times per
// round, so that the last frame leads into the first.

const WIDTH = 540
const HEIGHT = 960
const HORIZON = 560
const TURN = 2 * Math.PI

const canvas = document.createElement('canvas')
canvas.width = WIDTH
canvas.height = HEIGHT
document.body.append(canvas)
const pen = canvas.getContext('2d')

/** Always the same "random" numbers. */
function createRandom(seed) {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

const random = createRandom(7)
const stars = Array.from({ length: 46 }, () => ({ x: random() * WIDTH, y: random() ** 1.6 * 360, size: 0.5 + random() * 1.1, turns: 1 + Math.floor(random() * 3), phase: random() }))
const lanterns = Array.from({ length: 15 }, (_, index) => ({ x: (index + random()) / 15 * WIDTH, size: 7 + random() * 20, sway: 8 + random() * 18, phase: random(), hue: random() }))

/** `at` runs from 0 to 1 over one round. */
globalThis.draw = (at) => {
  drawSky(at)
  drawSun(at)
  drawHills(at)
  drawSea(at)
  drawLanterns(at)
  drawTitle(at)
  return canvas.toDataURL('image/png')
}

const wave = (at, turns, phase = 0) => Math.sin(TURN * (at * turns + phase))

function fillWith(stops, x0, y0, x1, y1) {
  const gradient = pen.createLinearGradient(x0, y0, x1, y1)
  for (const [at, colour] of stops)
    gradient.addColorStop(at, colour)
  pen.fillStyle = gradient
}

function glow(x, y, radius, stops) {
  const gradient = pen.createRadialGradient(x, y, 0, x, y, radius)
  for (const [at, colour] of stops)
    gradient.addColorStop(at, colour)
  pen.fillStyle = gradient
  pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius)
}

function drawSky(at) {
  const drift = wave(at, 1) * 14
  fillWith([[0, '#120c24'], [0.3, '#2f1a4a'], [0.56, '#7a3566'], [0.78, '#e0666a'], [0.93, '#ff9a76'], [1, '#ffc69a']], 0, drift, 0, HORIZON + drift)
  pen.fillRect(0, 0, WIDTH, HORIZON + 2)
  for (const { x, y, size, turns, phase } of stars) {
    pen.fillStyle = `rgba(255, 240, 230, ${(0.28 + 0.22 * wave(at, turns, phase)) * (1 - y / 420)})`
    pen.beginPath()
    pen.arc(x, y, size, 0, TURN)
    pen.fill()
  }
  pen.globalCompositeOperation = 'screen'
  glow(150 + wave(at, 1, 0.2) * 40, 210 + wave(at, 1, 0.6) * 20, 330, [[0, 'rgba(150, 80, 190, 0.34)'], [1, 'rgba(150, 80, 190, 0)']])
  glow(430 + wave(at, 1, 0.7) * 40, 380 + wave(at, 1) * 18, 300, [[0, 'rgba(255, 110, 110, 0.28)'], [1, 'rgba(255, 110, 110, 0)']])
  pen.globalCompositeOperation = 'source-over'
}

function drawSun(at) {
  const x = WIDTH / 2
  const y = HORIZON - 34
  const breath = 1 + 0.03 * wave(at, 2)
  pen.globalCompositeOperation = 'screen'
  glow(x, y, 330 * breath, [[0, 'rgba(255, 190, 130, 0.7)'], [0.25, 'rgba(255, 140, 105, 0.34)'], [1, 'rgba(255, 110, 100, 0)']])
  pen.globalCompositeOperation = 'source-over'
  fillWith([[0, '#fff1d6'], [1, '#ffb184']], 0, y - 62, 0, y + 62)
  pen.beginPath()
  pen.arc(x, y, 62, 0, TURN)
  pen.fill()
}

function drawHills(at) {
  ridge(HORIZON - 4, [[46, 0.0031, 1.1], [18, 0.0102, 0.3]], [[0, '#b9506a'], [1, '#e2746f']], 130)
  ridge(HORIZON + 2, [[30, 0.0044, 3.4], [11, 0.0161, wave(at, 1) * 0.06]], [[0, '#6d2f5f'], [1, '#a84a68']], 70)
}

/** A silhouette that stands on the horizon. */
function ridge(base, waves, stops, height) {
  fillWith(stops, 0, base - height, 0, base)
  pen.beginPath()
  pen.moveTo(0, base)
  for (let x = 0; x <= WIDTH; x += 4) {
    const rise = waves.reduce((sum, [size, frequency, phase]) => sum + size * Math.sin(x * frequency * TURN / 2 + phase), 0)
    const valley = 0.25 + 0.75 * Math.min(1, Math.abs(x - WIDTH / 2) / 230) ** 1.5 // leaves the sun free
    pen.lineTo(x, base - Math.max(0, 34 + rise) * valley)
  }
  pen.lineTo(WIDTH, base)
  pen.fill()
}

function drawSea(at) {
  fillWith([[0, '#f08a72'], [0.07, '#b4506c'], [0.3, '#5b2a60'], [0.62, '#2a1740'], [1, '#110c1c']], 0, HORIZON, 0, HEIGHT)
  pen.fillRect(0, HORIZON, WIDTH, HEIGHT - HORIZON)
  drawReflection(at)
  for (let layer = 0; layer < 6; layer++) {
    const depth = layer / 5
    const y = HORIZON + 52 + depth ** 1.25 * 300
    const length = 250 + 260 * depth
    const turns = layer % 2 ? -1 : 1
    fillWith([[0, `rgba(${150 - 110 * depth}, ${66 - 44 * depth}, ${112 - 60 * depth}, 0.42)`], [1, 'rgba(20, 12, 32, 0)']], 0, y - 20, 0, y + 130)
    pen.beginPath()
    pen.moveTo(0, HEIGHT)
    for (let x = 0; x <= WIDTH; x += 6) {
      const swell = Math.sin(TURN * (x / length + at * turns + layer * 0.37)) * (5 + 13 * depth)
      const ripple = Math.sin(TURN * (x / (length * 0.41) - at * turns + layer * 0.61)) * (2 + 4 * depth)
      pen.lineTo(x, y + swell + ripple + wave(at, 1, layer * 0.21) * 5)
    }
    pen.lineTo(WIDTH, HEIGHT)
    pen.fill()
  }
}

/** The sun's path on the water: short strokes that flicker, each at its own pace. */
function drawReflection(at) {
  pen.globalCompositeOperation = 'screen'
  for (let row = 0; row < 30; row++) {
    const depth = row / 29
    const y = HORIZON + 4 + depth ** 1.5 * 250
    const width = (34 + 74 * depth) * (0.72 + 0.28 * wave(at, 1 + row % 3, row * 0.29))
    const x = WIDTH / 2 + wave(at, 1 + row % 2, row * 0.17) * (3 + 17 * depth)
    const light = (0.5 - 0.42 * depth) * (0.75 + 0.25 * wave(at, 2, row * 0.41))
    const gradient = pen.createLinearGradient(x - width, 0, x + width, 0)
    gradient.addColorStop(0, 'rgba(255, 180, 130, 0)')
    gradient.addColorStop(0.5, `rgba(255, 200, 150, ${light})`)
    gradient.addColorStop(1, 'rgba(255, 180, 130, 0)')
    pen.fillStyle = gradient
    pen.beginPath()
    pen.ellipse(x, y, width, 1.8 + 2.6 * depth, 0, 0, TURN)
    pen.fill()
  }
  pen.globalCompositeOperation = 'source-over'
}

/** Soft lights that rise from the water once per round and fade before they begin again. */
function drawLanterns(at) {
  pen.globalCompositeOperation = 'screen'
  for (const { x, size, sway, phase, hue } of lanterns) {
    const life = (at + phase) % 1
    const light = Math.sin(Math.PI * life) ** 1.5 * 0.5
    const y = HEIGHT - 40 - life * 620
    const colour = hue < 0.6 ? '255, 168, 120' : '214, 140, 255'
    glow(x + wave(at, 1, phase) * sway, y, size * 2, [[0, `rgba(${colour}, ${light})`], [0.35, `rgba(${colour}, ${light * 0.5})`], [1, `rgba(${colour}, 0)`]])
  }
  pen.globalCompositeOperation = 'source-over'
}

function drawTitle(at) {
  pen.textAlign = 'center'
  pen.textBaseline = 'alphabetic'
  pen.shadowColor = 'rgba(40, 10, 40, 0.55)'
  pen.shadowBlur = 26
  pen.fillStyle = '#fff6ee'
  pen.font = '700 104px "Noto Sans CJK SC"'
  pen.letterSpacing = '14px'
  pen.fillText('连麦', WIDTH / 2 + 7, 290)
  pen.font = '500 30px "Noto Sans CJK SC"'
  pen.letterSpacing = '13px'
  pen.fillText('Lianmai', WIDTH / 2 + 6, 343)
  pen.shadowBlur = 0
  drawSound(at, 378)
  pen.fillStyle = 'rgba(255, 240, 230, 0.86)'
  pen.font = '400 21px "Noto Sans CJK SC"'
  pen.letterSpacing = '7px'
  pen.fillText('演示直播间', WIDTH / 2 + 3, 424)
  pen.letterSpacing = '0px'
}

/** A few bars that breathe, as a microphone would make them. */
function drawSound(at, y) {
  const bars = 9
  for (let bar = 0; bar < bars; bar++) {
    const middle = 1 - Math.abs(bar - (bars - 1) / 2) / 5
    const height = 3 + 11 * middle * (0.5 + 0.5 * wave(at, 4 + bar % 3, bar * 0.23))
    pen.fillStyle = `rgba(255, 168, 140, ${0.45 + 0.5 * middle})`
    pen.beginPath()
    pen.roundRect(WIDTH / 2 + (bar - (bars - 1) / 2) * 11 - 2, y - height / 2, 4, height, 2)
    pen.fill()
  }
}
