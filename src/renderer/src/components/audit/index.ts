export { default as FileFaults } from './FileFaults.vue'
export { actorText, areaText, inputText, methodText, resultText } from './words.ts'
