import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The first load of miniprogram-simulate compiles WeChat's framework.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
