/** What a module brings besides its code, by the rules of uni-app's market: https://uniapp.dcloud.net.cn/plugin/uni_modules.html */
import fs from 'node:fs'
import path from 'node:path'

const [YES, NO, UNKNOWN] = ['√', 'x', '-']

/**
 * package.json, readme, changelog and licence.
 *
 * @param root the repository
 * @param id the module's name
 * @returns place → text
 */
export function papers(root, id) {
  const read = file => fs.readFileSync(path.join(root, file), 'utf8')
  const { version, license } = JSON.parse(read('package.json'))
  return new Map([
    ['package.json', `${JSON.stringify(packageJson({ id, version, license }), null, 2)}\n`],
    ['readme.md', readme(read('docs/COMPONENT.md'))],
    ['readme.en.md', readme(read('docs/COMPONENT.en.md'))],
    ['changelog.md', read('scripts/lib/uniModule/changelog.md')],
    ['license.md', read('LICENSE')],
  ])
}

/** The two link to each other, by other names than in our docs. */
const readme = text => text.replaceAll('(COMPONENT', '(readme')

function packageJson({ id, version, license }) {
  return {
    id,
    name: id,
    displayName: '连麦直播间 lianmai-live-room',
    version,
    description: '一个标签就是一个直播间：开播、观看、连麦、聊天。微信小程序与 H5 通用，属性、事件、方法与 mlvb-live-room 一致，服务端开源。',
    keywords: ['直播', '连麦', 'live-pusher', 'live-player', 'mlvb-live-room'],
    license,
    main: 'index.ts',
    engines: { 'HBuilderX': '^5.0.0', 'uni-app': '^5.0.0' },
    dcloudext: {
      type: 'component-vue',
      sale: { regular: { price: '0.00' }, sourcecode: { price: '0.00' } },
      contact: { qq: '' },
      declaration: {
        ads: '无',
        data: '插件不采集任何数据。昵称、聊天内容和音视频只发送到使用者自己填写的服务器地址。',
        permissions: '主播和连麦观众：摄像头、麦克风。只观看不需要权限。',
      },
      npmurl: '',
      darkmode: YES,
      i18n: YES,
      widescreen: YES,
    },
    uni_modules: {
      dependencies: [],
      encrypt: [],
      platforms: {
        cloud: { tcb: YES, aliyun: YES, alipay: YES },
        client: {
          'uni-app': {
            vue: { vue2: NO, vue3: YES },
            web: { safari: UNKNOWN, chrome: YES },
            app: { vue: NO, nvue: NO, android: NO, ios: NO, harmony: NO },
            mp: { weixin: YES, alipay: NO, toutiao: NO, baidu: NO, kuaishou: NO, jd: NO, harmony: NO, qq: NO, lark: NO },
            quickapp: { huawei: NO, union: NO },
          },
          'uni-app-x': { web: { safari: NO, chrome: NO }, app: { android: NO, ios: NO, harmony: NO }, mp: { weixin: NO } },
        },
      },
    },
  }
}
