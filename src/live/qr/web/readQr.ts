/** Reads QR codes from pictures in a browser: by the browser's own reader where it has one, else by a decoder that is loaded then. */

/** Undefined: there is none in it that could be read. */
export type ReadQr = (picture: HTMLVideoElement | ImageBitmap) => Promise<string | undefined>

interface Detector { detect: (picture: ImageBitmapSource) => Promise<readonly { readonly rawValue: string }[]> }
interface DetectorClass {
  new (options: { formats: string[] }): Detector
  getSupportedFormats: () => Promise<readonly string[]>
}

/** A larger one takes longer and shows no more of the code. */
const LONG_SIDE_MAX = 800

export async function createQrReader(native: DetectorClass | undefined = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector): Promise<ReadQr> {
  const formats: readonly string[] = await native?.getSupportedFormats().catch(() => []) ?? []
  if (formats.includes('qr_code')) {
    const detector = new native!({ formats: ['qr_code'] })
    return async picture => (await detector.detect(picture))[0]?.rawValue
  }
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  return async (picture) => {
    const [width, height] = 'videoWidth' in picture ? [picture.videoWidth, picture.videoHeight] : [picture.width, picture.height]
    const scale = Math.min(1, LONG_SIDE_MAX / Math.max(width, height))
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    try {
      return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
    }
    catch {
      return undefined // it throws where there is no code
    }
  }
}
