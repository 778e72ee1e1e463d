// Who may import whom; the picture is in docs/ARCHITECTURE.md.
const TEST = '([.]test[.]ts$|/testing/|^tests/|^bench/|^scripts/|^sandbox/)'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan-imports', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['^(node|vitest|uni|virtual):?', '^@dcloudio/uni-app$'] } },

    {
      name: 'shared-is-a-leaf',
      comment: 'shared/ runs in WeChat, in browsers and in Node: no framework, no platform.',
      severity: 'error',
      from: { path: '^shared/', pathNot: TEST },
      to: { pathNot: '^shared/|node_modules/valibot/' },
    },
    { name: 'app-and-server-meet-in-shared', severity: 'error', from: { path: '^src/', pathNot: TEST }, to: { path: '^server/' } },
    { name: 'server-and-app-meet-in-shared', severity: 'error', from: { path: '^server/', pathNot: TEST }, to: { path: '^src/' } },
    { name: 'app-has-no-node', severity: 'error', from: { path: '^src/', pathNot: TEST }, to: { dependencyTypes: ['core'] } },
    {
      name: 'secrets-stay-on-the-server',
      comment: 'tls-sig-api-v2 signs with the secret key; in a client bundle the key is public.',
      severity: 'error',
      from: { pathNot: '^server/' },
      to: { path: '(^|/)tls-sig-api-v2(/|$)' },
    },

    {
      name: 'main-package-never-imports-the-subpackage',
      comment: 'WeChat: a cross-package require fails at run time, and the code would move into the main package.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/live/', '^src/app/liveServices[.]ts$', TEST] },
      to: { path: '^src/live/' },
    },
    { name: 'live-services-travel-with-the-subpackage', severity: 'error', from: { path: '^src/', pathNot: ['^src/live/', TEST] }, to: { path: '^src/app/liveServices[.]ts$' } },
    { name: 'nobody-imports-a-page', severity: 'error', from: { path: '^src/', pathNot: TEST }, to: { path: '/pages/[^/]+/[^/]+[.]vue$' } },
    { name: 'components-know-no-page-nor-session', severity: 'error', from: { path: '^src/(live/)?components/', pathNot: TEST }, to: { path: '^src/(live/)?(pages|sessions)/' } },
    { name: 'stores-know-no-screen', severity: 'error', from: { path: '^src/(live/)?stores/', pathNot: TEST }, to: { path: '^src/(live/)?(pages/|composables/|components/.+[.]vue$)' } },
    { name: 'sessions-know-ports-only', severity: 'error', from: { path: '^src/live/sessions/', pathNot: TEST }, to: { path: '(^src/(live/)?(stores|components/.+[.]vue|composables|adapters|pages)|node_modules/(vue|pinia)/)' } },
    { name: 'ports-know-shared-only', severity: 'error', from: { path: '^src/ports/' }, to: { path: '^src/', pathNot: '^src/ports/' } },
    { name: 'adapters-know-ports-only', severity: 'error', from: { path: '^src/(live/)?adapters/', pathNot: TEST }, to: { path: '^src/(live/)?(stores|components|composables|pages|sessions)/' } },
    { name: 'only-createServices-names-adapters', severity: 'error', from: { path: '^src/', pathNot: ['^src/app/', '^src/live/embed/embeddedServices[.]ts$', '^src/(live/)?adapters/', TEST] }, to: { path: '^src/(live/)?adapters/' } },
    { name: 'tim-behind-its-adapter', severity: 'error', from: { pathNot: ['^src/live/adapters/tim/', TEST] }, to: { path: '(^|/)tim-wx-sdk(/|$)' } },
    {
      name: 'platform-files-behind-their-wrapper',
      comment: 'FooMp.vue and FooH5.vue are imported by Foo.vue only; the embedded room has wrappers of its own, without stores.',
      severity: 'error',
      from: { path: '^(src/.+)[.](vue|ts)$', pathNot: ['^src/live/embed/Embedded(Pusher|Player)[.]vue$', TEST] },
      to: { path: '(Mp|H5)[.]vue$', pathNot: '^$1(Mp|H5)[.]vue$' },
    },

    {
      name: 'the-embedded-room-stands-alone',
      comment: 'Its package goes into apps of others, which have their own pages, stores and styles.',
      severity: 'error',
      from: { path: '^src/live/embed/', pathNot: TEST },
      to: { path: '^src/(live/)?pages/|^src/app/(createServices|liveServices)[.]ts$|(^|/)node_modules/(pinia|tim-wx-sdk)/|^manifest[.]json$', reachable: true },
    },
    { name: 'the-old-service-is-a-door', comment: 'server/compat translates to rooms, media and chat; only app.ts and httpApp.ts know of it.', severity: 'error', from: { path: '^server/', pathNot: ['^server/(compat/|app[.]ts$|httpApp[.]ts$)', TEST] }, to: { path: '^server/compat/' } },
    { name: 'routes-are-the-outermost', severity: 'error', from: { path: '^server/(auth|chat|covers|database|http|im|media|rooms)/', pathNot: TEST }, to: { path: '^server/(routes|openapi)/' } },
    {
      name: 'rooms-and-chat-meet-at-a-port',
      comment: 'ImServer is what rooms know of chat; app.ts hands it over.',
      severity: 'error',
      from: { path: '^server/(rooms|chat)/', pathNot: TEST },
      to: { path: '^server/(rooms|chat)/', pathNot: '^server/$1/' },
    },
    {
      name: 'rooms-know-the-media-port-not-its-engines',
      severity: 'error',
      from: { path: '^server/(routes|rooms|chat|compat)/', pathNot: TEST },
      to: { path: '^server/media/', pathNot: '^server/media/(MediaProvider|urlAuth)[.]ts$' },
    },
    { name: 'the-product-knows-no-sandbox', comment: 'Doubles of clouds are for tests and for trying things out.', severity: 'error', from: { path: '^(src|server|shared)/', pathNot: TEST }, to: { path: '^sandbox/' } },
    { name: 'fakes-stay-in-tests', severity: 'error', from: { pathNot: TEST }, to: { path: '/testing/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(unpackage|data)/' },
    tsPreCompilationDeps: true, // type-only imports count: a type from the wrong layer is the first step
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.js', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
