/** The template of the message, as WeChat's console names it; undefined where none is built in, and in browsers. */
export function templateId(): string | undefined {
  // #ifdef H5
  return undefined
  // #endif
  // #ifdef MP-WEIXIN

  const id = import.meta.env.VITE_WX_TEMPLATE_LIVE || 'no-template'
  return /^[\w-]{20,}$/.test(id) ? id : undefined
  // #endif
}
