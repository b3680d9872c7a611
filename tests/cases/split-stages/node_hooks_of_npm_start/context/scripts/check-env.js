if (!process.env.MENU_LANG) throw new Error('MENU_LANG is not set');
