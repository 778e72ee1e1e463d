import type { Server } from './app'

export interface BannerOptions {
  readonly server: Pick<Server, 'url' | 'lanUrls' | 'testPushUrl' | 'config'>
  /** Where the mini-program is built, or will be. */
  readonly miniProgram: string
}

/** What a person reads after the start: where to look, how to push, what to open in WeChat. */
export function banner({ server: { url, lanUrls, testPushUrl, config }, miniProgram }: BannerOptions): string {
  const open = config.publicUrl ?? url
  const lines = [
    '',
    '  连麦 Lianmai is on air',
    '',
    `  Open            ${open}`,
    ...lanUrls.map(lan => `  On the network  ${lan}`),
    `  API             ${open}/docs`,
  ]
  if (config.isHttps)
    lines.push('', '  The certificate is our own: the browser warns once, go on from there.')
  else if (config.publicUrl === null && lanUrls.length > 0)
    lines.push('', '  Phones may use their camera over https only: HTTPS=1 npm start')
  if (testPushUrl !== null) {
    lines.push(
      '',
      '  Push a test picture (or point OBS at the same address); the room shows up on the home page:',
      `  ${ffmpegLine(testPushUrl)}`,
    )
  }
  lines.push(
    '',
    '  Mini-program: import this folder in WeChat DevTools (or run the project root from HBuilderX):',
    `  ${miniProgram}`,
    '',
    '  Ctrl-C ends it.',
    '',
  )
  return lines.join('\n')
}

function ffmpegLine(url: string): string {
  return [
    'ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -f lavfi -i sine=frequency=440:sample_rate=48000',
    '-c:v libx264 -preset veryfast -tune zerolatency -pix_fmt yuv420p -g 60 -b:v 1500k -c:a aac',
    `-f flv "${url}"`,
  ].join(' ')
}
