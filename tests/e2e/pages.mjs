// The pages that every visitor may see: those that smoke.test.mjs looks at and that screens.mjs pictures. A new page is
// one line here.

export const PAGES = [
  { name: 'start', path: '/' },
  { name: 'declare', path: '/declare?port=CNPEK' },
  { name: 'find', path: '/find' },
  { name: 'sign-in', path: '/sign-in' },
];

export const LANGUAGES = ['en', 'zh-Hans'];
