/** All effects by the graphics card. */
import type { Painter } from './painter'
import type { PictureEffects } from './pictureEffects'
import { FILTER_LOOKS } from '../../filterLooks'
import { colourMatrix } from './colourMatrix'
import { fit } from './painter'
import { STRONGEST } from './pictureEffects'
import { FRAGMENT_SHADER, TAP_COUNT, VERTEX_SHADER } from './shader'

/** How far skin looks around, of the picture's shorter side. */
const REACH = 0.011
/** How much the curve of whiteness bends. */
const WHITEST = 1.6
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))
/** A processor that plays graphics card takes most of a second for one picture: then there is none. */
const SETTINGS: WebGLContextAttributes = { alpha: false, antialias: false, depth: false, stencil: false, failIfMajorPerformanceCaveat: true }

/** Undefined without a graphics card. */
export function createWebglPainter(canvas: HTMLCanvasElement): Painter | undefined {
  const gl = canvas.getContext('webgl2', SETTINGS) ?? canvas.getContext('webgl', SETTINGS)
  const program = gl && linkedProgram(gl)
  if (!program)
    return undefined
  const at = (name: string) => gl.getUniformLocation(program, name)
  const uniforms = { turn: at('turn'), taps: at('taps'), beauty: at('beauty'), whiteness: at('whiteness'), colours: at('colours'), lift: at('lift') }
  const line = 'fenceSync' in gl ? createFence(gl) : undefined
  let applied: PictureEffects | undefined
  prepare(gl, program)

  function apply(effects: PictureEffects) {
    const [red, green, blue] = colourMatrix(FILTER_LOOKS[effects.filter])
    gl!.uniform1f(uniforms.turn, effects.isTurned ? -1 : 1)
    gl!.uniform1f(uniforms.beauty, effects.beauty / STRONGEST)
    gl!.uniform1f(uniforms.whiteness, effects.whiteness / STRONGEST * WHITEST)
    gl!.uniformMatrix3fv(uniforms.colours, false, [0, 1, 2].flatMap(column => [red[column], green[column], blue[column]]))
    gl!.uniform3f(uniforms.lift, red[3], green[3], blue[3])
    applied = effects
  }

  return {
    paint(video, effects) {
      if (fit(canvas, video)) {
        gl.viewport(0, 0, canvas.width, canvas.height)
        gl.uniform2fv(uniforms.taps, taps(canvas))
      }
      if (effects !== applied)
        apply(effects)
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, video)
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4)
      line?.set()
    },
    isDone: () => line?.isPassed() ?? true,
    release: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  }
}

/** Tells when the graphics card has done what was asked of it so far, without waiting. */
function createFence(gl: WebGL2RenderingContext) {
  let fence: WebGLSync | null = null

  function isPassed() {
    if (fence && gl.clientWaitSync(fence, 0, 0) !== gl.TIMEOUT_EXPIRED) {
      gl.deleteSync(fence)
      fence = null
    }
    return fence === null
  }

  return {
    set() {
      fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
      gl.flush()
    },
    isPassed,
  }
}

function linkedProgram(gl: WebGLRenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram()!
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX_SHADER], [gl.FRAGMENT_SHADER, FRAGMENT_SHADER]] as const) {
    const shader = gl.createShader(type)!
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : undefined
}

function prepare(gl: WebGLRenderingContext, program: WebGLProgram) {
  gl.useProgram(program)
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer())
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW)
  const corner = gl.getAttribLocation(program, 'corner')
  gl.enableVertexAttribArray(corner)
  gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0)
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, true) // a picture begins at its top, a texture at its bottom
  for (const [name, value] of [[gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE], [gl.TEXTURE_MIN_FILTER, gl.LINEAR], [gl.TEXTURE_MAG_FILTER, gl.LINEAR]])
    gl.texParameteri(gl.TEXTURE_2D, name, value)
}

/** Evenly over a disc, as the seeds of a sunflower lie. */
function taps({ width, height }: { width: number, height: number }): number[] {
  const reach = REACH * Math.min(width, height)
  return Array.from({ length: TAP_COUNT }, (_, index) => ({ angle: index * GOLDEN_ANGLE, radius: reach * Math.sqrt((index + 1) / TAP_COUNT) }))
    .flatMap(({ angle, radius }) => [Math.cos(angle) * radius / width, Math.sin(angle) * radius / height])
}
