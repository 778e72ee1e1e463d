/** A picture as a list of what is drawn, one over the other. Pure layouts make it, paint.ts paints it on any canvas. Units: px. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Box extends Size {
  readonly x: number
  readonly y: number
}

export interface Font {
  readonly size: number
  readonly isBold: boolean
}

/** Pictures have to be loaded before they can be painted; a layout knows them by name and size. */
export type PictureName = 'cover' | 'face' | 'code'

/** The fields of a QR code with its light edge, true for dark. */
export type CodeFields = readonly (readonly boolean[])[]

export type Draw
  /** With several colours: from the top to the bottom. */
  = | { readonly type: 'box', readonly box: Box, readonly radius?: number, readonly colours: readonly string[] }
    | { readonly type: 'ring', readonly x: number, readonly y: number, readonly radius: number, readonly width: number, readonly colour: string }
  /** `from` is the part of the picture that shows. */
    | { readonly type: 'picture', readonly picture: PictureName, readonly from: Box, readonly box: Box, readonly radius?: number }
  /** `y` is the line the letters stand on. */
    | { readonly type: 'text', readonly text: string, readonly x: number, readonly y: number, readonly font: Font, readonly colour: string, readonly align?: 'left' | 'center' }
  /** The dark fields of a code, in whole px each, in the middle of a white box. */
    | { readonly type: 'code', readonly code: CodeFields, readonly box: Box, readonly radius: number }

export interface Drawing extends Size {
  readonly draws: readonly Draw[]
}

/** How wide a text is in a font. */
export type Measure = (text: string, font: Font) => number

/** The middle of a picture in the shape of the box it has to fill. */
export function cropTo(picture: Size, box: Size): Box {
  const scale = Math.min(picture.width / box.width, picture.height / box.height)
  const [width, height] = [box.width * scale, box.height * scale]
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height }
}
