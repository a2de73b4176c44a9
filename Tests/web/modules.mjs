// The pages have no build step and no package.json of their own; Node finds that they are modules.
export const web = new URL('../../Sources/CWeb/web/', import.meta.url);
export const load = (name) => import(new URL(name, web));
