import type { NextConfig } from 'next'; const c: NextConfig = {}; export default c;
