/** What a person reads when the sandbox runs. */
type Env = Readonly<Record<string, string | undefined>>

/** What the consoles would show, with the variable that each of it fills. */
const FACTS = [
  ['Cloud Live', ['TENCENT_PUSH_DOMAIN', 'TENCENT_PLAY_DOMAIN', 'TENCENT_APP_NAME', 'TENCENT_LIVE_API_URL', 'TENCENT_WHIP_URL', 'TENCENT_LEB_URL']],
  ['IM', ['TENCENT_SDK_APP_ID', 'TENCENT_IM_ADMIN', 'TENCENT_IM_API_URL', 'TENCENT_IM_SOCKET_URL']],
  ['WeChat', ['WECHAT_APPID', 'WECHAT_API_URL']],
] as const

export interface SandboxFacts {
  readonly url: string
  readonly env: Env
  /** Where the whole environment lies. */
  readonly file: string
}

export function describeSandbox({ url, env, file }: SandboxFacts): string {
  return [
    '',
    '  连麦 Lianmai with doubles of Tencent Cloud Live, Tencent IM and WeChat',
    '',
    `  Open            ${url}`,
    '                  in two browsers, or one and its private window: go live, and watch and chat',
    `  API             ${url}/docs`,
    '',
    ...FACTS.flatMap(([cloud, names]) => [`  ${cloud}, as its console would show it:`, ...names.map(name => `    ${name}=${env[name]}`), '']),
    `  Callbacks       ${url}/callbacks/live, ${url}/callbacks/im, ${url}/callbacks/wechat`,
    `  Environment     ${file} (with the keys, made for this sandbox alone)`,
    '',
    '  The doctor, in another terminal:',
    `    node --env-file=${file} scripts/doctor.mjs`,
    '',
    '  Ctrl-C ends it.',
    '',
  ].join('\n')
}

/** As a .env file has them. */
export const envLines = (env: Env): string => Object.entries(env).map(([name, value]) => `${name}=${value}`).join('\n')
