/** The built-in faces. A face is a number on the wire; every client draws it by itself. */
import { AVATAR_COUNT } from '@/shared/protocol/rest'
import { svgUri } from './svg'

const GROUNDS = ['#ff8f7a', '#f7b267', '#f4d35e', '#a8d672', '#5fd0a5', '#57c4c9', '#6bb3f2', '#8d9bf5', '#b48bf2', '#e08be0', '#f28bb3', '#c9a98c']
const INK = '#241a2b'
const FUR = '#fff6ee'

/** Ears, antennae and hair, behind the head. */
const CROWNS = [
  `<path d='M27 46L30 20l20 14zM73 46L70 20 50 34z' fill='${FUR}'/>`,
  `<circle cx='30' cy='35' r='11' fill='${FUR}'/><circle cx='70' cy='35' r='11' fill='${FUR}'/>`,
  `<path d='M38 40C30 14 40 8 44 36zM62 40C70 14 60 8 56 36z' fill='${FUR}'/>`,
  `<path d='M50 32V18' stroke='${FUR}' stroke-width='4' stroke-linecap='round'/><circle cx='50' cy='15' r='5.5' fill='${FUR}'/>`,
]
const EYES = [
  `<circle cx='40' cy='55' r='3.5' fill='${INK}'/><circle cx='60' cy='55' r='3.5' fill='${INK}'/>`,
  `<path d='M35.5 56q4.5-6 9 0M55.5 56q4.5-6 9 0' fill='none' stroke='${INK}' stroke-width='3' stroke-linecap='round'/>`,
  `<circle cx='40' cy='55' r='3.5' fill='${INK}'/><path d='M55.5 55h9' stroke='${INK}' stroke-width='3' stroke-linecap='round'/>`,
]
const MOUTHS = [
  `<path d='M44 65q6 6 12 0' fill='none' stroke='${INK}' stroke-width='3' stroke-linecap='round'/>`,
  `<path d='M44 64h12q-1 8-6 8t-6-8z' fill='${INK}'/>`,
  `<circle cx='50' cy='67' r='3.5' fill='${INK}'/>`,
  `<path d='M43 65q3.5 4 7 0 3.5 4 7 0' fill='none' stroke='${INK}' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/>`,
]

/** @param avatar 0 to AVATAR_COUNT − 1; anything else wraps around, so that a newer server's face still shows one. */
export function avatarArt(avatar: number): string {
  const index = Math.abs(Math.trunc(avatar)) % AVATAR_COUNT
  const pick = <T>(parts: readonly T[], of = index) => parts[of % parts.length]
  return svgUri(100, 100, [
    `<rect width='100' height='100' fill='${pick(GROUNDS)}'/>`,
    pick(CROWNS),
    `<path d='M50 30c19 0 28 12 28 27S66 82 50 82 22 72 22 57s9-27 28-27z' fill='${FUR}'/>`,
    `<circle cx='31.5' cy='64' r='4.5' fill='${pick(GROUNDS)}' opacity='.55'/><circle cx='68.5' cy='64' r='4.5' fill='${pick(GROUNDS)}' opacity='.55'/>`,
    pick(EYES, Math.floor(index / 4) + index),
    pick(MOUTHS, Math.floor(index / 3) + index),
  ].join(''))
}
