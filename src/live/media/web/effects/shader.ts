/** The effects as one pass of the graphics card. */
export const TAP_COUNT = 20

/** A quad over everything; `turn` is −1 where left and right are exchanged. */
export const VERTEX_SHADER = `
attribute vec2 corner;
uniform float turn;
varying vec2 place;
void main() {
  place = vec2(corner.x * turn, corner.y) * 0.5 + 0.5;
  gl_Position = vec4(corner, 0.0, 1.0);
}`

/**
 * Skin is known by its colour alone (the ranges of Cb and Cr that all complexions share) and takes the mean of the colours
 * around it which resemble it, so that edges stay. White comes by a curve that leaves black and white where they are.
 */
export const FRAGMENT_SHADER = `
#ifdef GL_FRAGMENT_PRECISION_HIGH
precision highp float;
#else
precision mediump float;
#endif
varying vec2 place;
uniform sampler2D picture;
uniform vec2 taps[${TAP_COUNT}];
uniform float beauty;
uniform float whiteness;
uniform mat3 colours;
uniform vec3 lift;

float skin(vec3 colour) {
  float cb = dot(colour, vec3(-0.169, -0.331, 0.5));
  float cr = dot(colour, vec3(0.5, -0.419, -0.081));
  return smoothstep(0.0, 0.04, cr) * smoothstep(-0.3, -0.24, cb) * (1.0 - smoothstep(0.2, 0.28, cr)) * (1.0 - smoothstep(-0.02, 0.04, cb));
}

vec3 smoothed(vec3 here) {
  vec3 sum = here;
  float weights = 1.0;
  for (int i = 0; i < ${TAP_COUNT}; i++) {
    vec3 there = texture2D(picture, place + taps[i]).rgb;
    float weight = max(0.0, 1.0 - distance(here, there) * 4.0);
    sum += there * weight;
    weights += weight;
  }
  return sum / weights;
}

void main() {
  vec3 colour = texture2D(picture, place).rgb;
  if (beauty > 0.0) {
    vec3 soft = smoothed(colour);
    colour = mix(colour, soft, beauty * skin(soft));
  }
  if (whiteness > 0.0)
    colour = log(1.0 + colour * whiteness) / log(1.0 + whiteness);
  gl_FragColor = vec4(clamp(colours * colour + lift, 0.0, 1.0), 1.0);
}`
