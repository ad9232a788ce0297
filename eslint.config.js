import pluginVue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

/* oxlint checks every script; ESLint is here for one thing oxlint cannot read: the templates of .vue files.
 * Layout is oxfmt's business, so no rule about white space is on. */
export default [
  { ignores: ['out/**', 'node_modules/**', 'resources/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...pluginVue.configs['flat/essential'],
  {
    files: ['src/renderer/**/*.vue'],
    languageOptions: {
      parserOptions: { parser: typescript.parser, ecmaVersion: 'latest', sourceType: 'module' },
    },
    rules: {
      'vue/multi-word-component-names': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/component-name-in-template-casing': ['error', 'PascalCase', { registeredComponentsOnly: false }],
      'vue/custom-event-name-casing': ['error', 'camelCase', { ignores: ['/^update:/'] }],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/eqeqeq': 'error',
      'vue/html-button-has-type': 'error',
      'vue/no-bare-strings-in-template': [
        'error',
        {
          allowlist: [
            ...'(){}[]<>,.:;&+-=*/#%!?|~@…·—–→←↑↓×✓•：／、，。（）',
            'Benchside',
            'PIN',
            'QR',
            'IMEI',
            'Esc',
            'Enter',
            'Ctrl',
            'kg',
            'A4',
            'A5',
          ],
        },
      ],
      'vue/no-duplicate-attr-inheritance': 'error',
      'vue/no-empty-component-block': 'error',
      'vue/no-multiple-objects-in-class': 'error',
      'vue/no-ref-object-reactivity-loss': 'error',
      'vue/no-required-prop-with-default': 'error',
      'vue/no-root-v-if': 'off',
      'vue/no-template-shadow': 'error',
      'vue/no-template-target-blank': 'error',
      'vue/no-undef-components': ['error', { ignorePatterns: ['RouterLink', 'RouterView', 'i18n-t'] }],
      'vue/no-unused-emit-declarations': 'error',
      'vue/no-unused-properties': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-use-v-else-with-v-for': 'error',
      'vue/no-useless-mustaches': 'error',
      'vue/no-useless-v-bind': 'error',
      'vue/no-v-html': 'error',
      'vue/no-v-text': 'error',
      'vue/prefer-true-attribute-shorthand': 'error',
      'vue/require-explicit-emits': 'error',
      'vue/this-in-template': 'error',
      'vue/v-on-event-hyphenation': 'off',
    },
  },
]
