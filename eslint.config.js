import antfu from '@antfu/eslint-config'

export default antfu({
  vue: true,
  typescript: true,
  formatters: false,
  ignores: ['unpackage', 'data', '**/*.md', 'docs/openapi.json'],
}, {
  rules: {
    'node/prefer-global/process': 'off',
    'node/prefer-global/buffer': 'off',
    'no-use-before-define': 'off', // exports first, helpers below
    'ts/no-use-before-define': 'off',
    'no-console': 'error',
    'ts/no-redeclare': 'off', // a schema and the type inferred from it share a name
    'antfu/consistent-list-newline': 'off',
    'vue/component-name-in-template-casing': ['error', 'PascalCase', { registeredComponentsOnly: true }],
  },
}, {
  files: ['scripts/**', 'bench/**', 'server/index.ts', 'sandbox/tencent/start.ts', 'tests/**'],
  rules: { 'no-console': 'off', 'antfu/no-top-level-await': 'off' },
}, {
  files: ['scripts/*.mjs'],
  rules: { 'perfectionist/sort-imports': 'off' }, // the check of Node's version must run before anything else is loaded
}, {
  files: ['shared/**'],
  rules: {
    'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'window', 'document', 'uni', 'wx', 'process', 'Buffer', 'fetch'],
    'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'Time is handed in.' }, { object: 'Math', property: 'random', message: 'Randomness is handed in.' }],
  },
})
