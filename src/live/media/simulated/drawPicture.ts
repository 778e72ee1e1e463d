/** A still of the simulated picture as a file, for a room's cover. */
const WIDTH = 480
const HEIGHT = 640

/** Undefined where this version of WeChat draws nothing off the screen. */
export async function drawPicture(name: string): Promise<{ filePath: string } | undefined> {
  try {
    const canvas = uni.createOffscreenCanvas({ type: '2d', width: WIDTH, height: HEIGHT })
    draw(canvas.getContext('2d') as CanvasRenderingContext2D, name)
    const { tempFilePath } = await new Promise<{ tempFilePath: string }>((success, fail) => uni.canvasToTempFilePath({ canvas, fileType: 'jpg', success, fail } as never))
    return { filePath: tempFilePath }
  }
  catch {
    return undefined
  }
}

function draw(context: CanvasRenderingContext2D, name: string): void {
  const sky = context.createLinearGradient(0, 0, WIDTH, HEIGHT)
  sky.addColorStop(0, '#3a2352')
  sky.addColorStop(1, '#0f3d4a')
  context.fillStyle = sky
  context.fillRect(0, 0, WIDTH, HEIGHT)
  for (const [x, y, radius, colour] of [[120, 180, 110, '#ff5c7a66'], [360, 330, 150, '#ffc36455'], [170, 520, 90, '#5ce1c366']] as const) {
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.fillStyle = colour
    context.fill()
  }
  context.fillStyle = '#ffffff'
  context.font = '600 40px sans-serif'
  context.textAlign = 'center'
  context.fillText(name, WIDTH / 2, HEIGHT / 2)
}
