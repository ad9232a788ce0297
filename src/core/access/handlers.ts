export { accessHandlers } from './access-handlers.ts'
export { peopleHandlers, usersHandlers } from './people-handlers.ts'
export { seatsHandlers } from './seats-handlers.ts'
export { sessionHandlers } from './session-handlers.ts'
