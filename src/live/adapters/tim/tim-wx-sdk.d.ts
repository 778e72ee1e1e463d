/** The package brings no types; timSdk.ts has those of what we use. tim-js-sdk, the package for the web, is the same file. */
declare module 'tim-wx-sdk/tim-wx.es.js' {
  const TIM: unknown
  export default TIM
}
