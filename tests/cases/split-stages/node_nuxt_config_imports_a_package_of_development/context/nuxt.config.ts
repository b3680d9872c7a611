import svg from 'vite-svg-loader'
export default defineNuxtConfig({vite:{plugins:[svg()]}})
