const files = import.meta.glob<string>('../../../locales/zh-Hans/{ui-*,hazard}.ftl', {
  eager: true,
  query: '?raw',
  import: 'default',
})

/** The words of every page, in one chunk for each language. */
export default Object.values(files).join('\n')
