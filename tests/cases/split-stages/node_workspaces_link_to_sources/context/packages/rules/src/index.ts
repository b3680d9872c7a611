export const rule = 'first come, first served';
