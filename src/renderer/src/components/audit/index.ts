export { default as FileFaults } from './FileFaults.vue'
export { actorText, areaText, methodText, resultText } from './words.ts'
