// What an installation sets. The server's address must be among the mini-program's `request` domains (see README.md).

export const SERVER = 'https://pratique.example';
