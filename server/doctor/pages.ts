/** Pages that findings and troubles point to. */
const LIVE = 'https://cloud.tencent.com/document/product/267'
const IM = 'https://cloud.tencent.com/document/product/269'
const MINI = 'https://developers.weixin.qq.com/miniprogram/dev'

export const PAGES = {
  addDomain: `${LIVE}/20381`,
  cname: `${LIVE}/19908`,
  liveAddresses: `${LIVE}/32480`,
  liveCallbacks: `${LIVE}/38080`,
  liveDomains: 'https://www.tencentcloud.com/document/product/267/35186',
  liveApiErrors: 'https://cloud.tencent.com/document/api/267/30427',
  whip: `${LIVE}/57042`,
  userSig: `${IM}/32688`,
  imCodes: `${IM}/1671`,
  imRest: `${IM}/1519`,
  imCallbacks: `${IM}/32431`,
  network: `${MINI}/framework/ability/network.html`,
  livePusher: `${MINI}/component/live-pusher.html`,
  livePlayer: `${MINI}/component/live-player.html`,
  accessToken: `${MINI}/OpenApiDoc/mp-access-token/getAccessToken.html`,
  login: `${MINI}/OpenApiDoc/user-login/code2Session.html`,
  messagePush: `${MINI}/framework/server-ability/message-push.html`,
  subscribe: `${MINI}/framework/open-ability/subscribe-message.html`,
  privacy: `${MINI}/framework/user-privacy/miniprogram-intro.html`,
  oldRoomService: 'https://cloud.tencent.com/document/product/454/73168',
  srsApi: 'https://ossrs.net/lts/en-us/docs/v6/doc/http-api',
  srsHooks: 'https://ossrs.net/lts/en-us/docs/v6/doc/http-callback',
  jwks: 'https://www.rfc-editor.org/rfc/rfc7517',
  deploy: 'docs/DEPLOY.md',
  weChat: 'docs/WECHAT.md',
  migration: 'docs/MIGRATION.md',
  settings: '.env.example',
} as const
