/** The sign of the app: two people, shoulder to shoulder, who together are a wave of sound. The same as static/h5/mark.svg. */
import { svgUri } from './svg'

export const MARK = svgUri(64, 64, `<rect width='64' height='64' rx='18' fill='#ff7d68'/><path d='M12 48v-3.5a10 10 0 0 1 20 0V48M32 48v-3.5a10 10 0 0 1 20 0V48' fill='none' stroke='#2a0c06' stroke-width='6' stroke-linecap='round' stroke-linejoin='round'/><circle cx='22' cy='21' r='6' fill='#2a0c06'/><circle cx='42' cy='21' r='6' fill='#fff6ee'/>`)
