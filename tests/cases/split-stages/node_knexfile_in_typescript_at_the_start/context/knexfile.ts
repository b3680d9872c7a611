export default {client:'pg'}
