/** The one place where the command line reads its environment. */
export const environment = process.env;
