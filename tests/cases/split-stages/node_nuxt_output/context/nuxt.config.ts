export default defineNuxtConfig({ runtimeConfig: { public: { api: '' } } });
