/** WeChat's own tags with their properties by type: WeChat converts attribute strings by type, so a test must too. */
import type { CodeSpace } from 'glass-easel-miniprogram-adapter'

type PropertyType = StringConstructor | BooleanConstructor | NumberConstructor | null

interface Properties {
  readonly text?: string
  readonly flags?: string
  readonly numbers?: string
  /** Lists and records. */
  readonly any?: string
}

const TAGS: Record<string, Properties> = {
  'view': {},
  'text': { flags: 'userSelect selectable', text: 'space overflow' },
  'cover-view': {},
  'cover-image': { text: 'src' },
  'image': { text: 'src mode', flags: 'lazyLoad webp showMenuByLongpress' },
  'rich-text': { any: 'nodes' },
  'icon': { text: 'type color', numbers: 'size' },
  'progress': { numbers: 'percent', text: 'activeColor' },
  'scroll-view': { flags: 'scrollX scrollY scrollWithAnimation enhanced showScrollbar enableFlex refresherEnabled refresherTriggered scrollAnchoring', numbers: 'scrollTop scrollLeft lowerThreshold upperThreshold', text: 'scrollIntoView' },
  'swiper': { numbers: 'current duration interval', flags: 'autoplay vertical circular' },
  'swiper-item': { text: 'itemId' },
  'button': { text: 'size type openType formType', flags: 'plain disabled loading' },
  'label': { text: 'for' },
  'form': {},
  'input': { text: 'value type placeholder confirmType placeholderClass placeholderStyle', flags: 'disabled focus password confirmHold holdKeyboard adjustPosition', numbers: 'maxlength cursorSpacing' },
  'textarea': { text: 'value placeholder placeholderClass', flags: 'autoHeight focus disabled adjustPosition', numbers: 'maxlength' },
  'switch': { flags: 'checked', text: 'color' },
  'slider': { numbers: 'value min max step blockSize', text: 'activeColor backgroundColor' },
  'picker': { text: 'mode', any: 'range value' },
  'navigator': { text: 'url openType', numbers: 'delta' },
  'canvas': { text: 'type canvasId' },
  'video': { text: 'src', flags: 'autoplay muted' },
  'page-meta': { text: 'pageStyle' },
  'page-container': { flags: 'show' },
  'root-portal': { flags: 'enable' },
  'live-pusher': {
    text: 'url mode orientation beautyStyle filter aspect audioQuality waitingImage waitingImageHash devicePosition localMirror audioVolumeType',
    flags: 'autopush muted enableCamera autoFocus zoom backgroundMute mirror remoteMirror enableMic enableAgc enableAns enableVideoCustomRender customEffect debug',
    numbers: 'beauty whiteness minBitrate maxBitrate audioReverbType videoWidth videoHeight fps voiceChangerType skinWhiteness skinSmoothness faceThinness eyeBigness',
    any: 'pictureInPictureMode',
  },
  'live-player': {
    text: 'src mode orientation objectFit soundMode referrerPolicy pictureInPictureInitPosition',
    flags: 'autoplay muted backgroundMute autoPauseIfNavigate autoPauseIfOpenNative enableCasting enableAutoRotation debug',
    numbers: 'minCache maxCache',
    any: 'pictureInPictureMode',
  },
}

export const BUILT_IN_TAGS = Object.keys(TAGS)

const COMMON: Properties = {
  flags: 'hidden hoverStopPropagation disableScroll',
  text: 'hoverClass role ariaRole ariaLabel ariaLive ariaHidden ariaBusy ariaDisabled ariaChecked ariaSelected ariaExpanded ariaModal ariaLevel ariaLabelledby ariaDescribedby ariaValuenow ariaValuemin ariaValuemax',
  numbers: 'hoverStayTime hoverStartTime',
}

/** Defined in the environment's space, but named in the app's own: its templates look nowhere else. */
export function defineBuiltIns(global: CodeSpace, space: CodeSpace): void {
  for (const [name, properties] of Object.entries(TAGS)) {
    let definition = global.getComponentSpace().define(name).options({ reflectToAttributes: true })
    for (const [property, type] of [...propertiesOf(COMMON), ...propertiesOf(properties)])
      definition = definition.property(property, type === null ? { type: null, value: null } : { type: type as StringConstructor })
    space.getComponentSpace().setGlobalUsingComponent(name, definition.registerComponent().general())
  }
}

function propertiesOf({ text = '', flags = '', numbers = '', any = '' }: Properties): [string, PropertyType][] {
  const named: [string, PropertyType][] = [[text, String], [flags, Boolean], [numbers, Number], [any, null]]
  return named.flatMap(([names, type]) => names.split(' ').filter(Boolean).map((name): [string, PropertyType] => [name, type]))
}
