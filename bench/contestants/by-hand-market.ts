import { type Ask, askEntities, type ByHand } from './by-hand.js';

interface Who {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
}
interface What {
  readonly code: string;
  readonly title: string;
  readonly price: number;
  readonly weight: number;
}
interface Said<Article> {
  readonly id: string;
  readonly text: string;
  readonly article: Article;
}
type Code = { readonly code: string };
interface Author {
  readonly id: string;
  readonly handle: string;
  readonly reviews: readonly Said<Code>[];
}
type Store = { readonly inStore: boolean };
type Delivery = { readonly delivery: number };
type SaidByAuthor = { readonly id: string; readonly text: string; readonly author: Author };
type Reviewed = Code & { readonly reviews: readonly SaidByAuthor[] };

const INNER = 'reviews{id text author{id handle reviews{id text article{code}}}}';

/** Two requests, one after the other. */
export const marketPage: ByHand = async (ask) => {
  const { favourites } = await ask<{ favourites: What[] }>('products', '{favourites{code title price}}');
  return { favourites: await withReviews(ask, favourites) };
};

/** The same for one of many pages. */
export const marketPages: ByHand = async (ask, variables) => {
  const query = 'query($number:Int!){page(number:$number){code title price}}';
  const { page } = await ask<{ page: What[] }>('products', query, variables);
  return { page: await withReviews(ask, page) };
};

async function withReviews(ask: Ask, items: readonly What[]): Promise<unknown> {
  const reviews = await askEntities<What, { reviews: unknown }>(ask, {
    ...articles(items),
    subgraph: 'reviews',
    selection: 'reviews{id text}',
  });
  return items.map((article) => {
    const { code, title, price } = article;
    return { code, title, price, reviews: reviews(article).reviews };
  });
}

/** The same sixteen requests as the plan of @apollo/query-planner, equal entities sent once in each. */
export const marketWide: ByHand = async (ask) => {
  const [customers, favourites] = await Promise.all([askCustomers(ask), askFavourites(ask)]);
  return { customers, favourites };
};

async function askCustomers(ask: Ask): Promise<unknown> {
  const { customers } = await ask<{ customers: Who[] }>('accounts', '{customers{id name handle}}');
  const said = await askEntities<Who, { reviews: readonly Said<Reviewed>[] }>(ask, {
    subgraph: 'reviews',
    type: 'Customer',
    items: customers,
    key: ({ id }) => id,
    represent: ({ id }) => ({ id }),
    selection: `reviews{id text article{code ${INNER}}}`,
  });
  const outer = customers.flatMap((customer) => said(customer).reviews.map(({ article }) => article));
  const [what, inner] = await Promise.all([askWhat(ask, outer), askInner(ask, outer)]);
  return customers.map((customer) => ({
    id: customer.id,
    name: customer.name,
    handle: customer.handle,
    reviews: said(customer).reviews.map(({ id, text, article }) => ({
      id,
      text,
      article: { ...what(article), reviews: article.reviews.map(inner) },
    })),
  }));
}

async function askFavourites(ask: Ask): Promise<unknown> {
  const { favourites } = await ask<{ favourites: What[] }>('products', '{favourites{code title price weight}}');
  const [reviewed, shelf] = await Promise.all([
    askEntities<What, Reviewed>(ask, { ...articles(favourites), subgraph: 'reviews', selection: INNER }),
    askDelivery<Store & Delivery>(ask, favourites, 'inStore delivery'),
  ]);
  const inner = await askInner(ask, favourites.map(reviewed));
  return favourites.map((article) => {
    const { code, title, price, weight } = article;
    const { inStore, delivery } = shelf(article);
    return { code, title, price, weight, inStore, delivery, reviews: reviewed(article).reviews.map(inner) };
  });
}

/** Authors and what they wrote about, of the reviews of these articles. */
async function askInner(ask: Ask, reviewed: readonly Reviewed[]): Promise<(said: SaidByAuthor) => unknown> {
  const authors = reviewed.flatMap(({ reviews }) => reviews.map(({ author }) => author));
  const [names, what] = await Promise.all([
    askEntities<Author, { name: string }>(ask, {
      subgraph: 'accounts',
      type: 'Customer',
      items: authors,
      key: ({ id }) => id,
      represent: ({ id }) => ({ id }),
      selection: 'name',
    }),
    askWhat(
      ask,
      authors.flatMap(({ reviews }) => reviews.map(({ article }) => article)),
    ),
  ]);
  return ({ id, text, author }) => ({
    id,
    text,
    author: {
      id: author.id,
      name: names(author).name,
      handle: author.handle,
      reviews: author.reviews.map((said) => ({ id: said.id, text: said.text, article: what(said.article) })),
    },
  });
}

/** The whole article: its sheet, what is in store, and then the delivery, which needs the sheet. */
async function askWhat(ask: Ask, items: readonly Code[]): Promise<(article: Code) => object> {
  const [sheet, store] = await Promise.all([
    askEntities<Code, What>(ask, { ...articles(items), subgraph: 'products', selection: 'title price weight' }),
    askStore(ask, items),
  ]);
  const sheets = items.map(({ code }) => ({ ...sheet({ code }), code }));
  const delivery = await askDelivery<Delivery>(ask, sheets, 'delivery');
  return ({ code }) => {
    const { title, price, weight } = sheet({ code });
    const { inStore } = store({ code });
    return { code, title, price, weight, inStore, delivery: delivery({ code }).delivery };
  };
}

const askStore = (ask: Ask, items: readonly Code[]): Promise<(article: Code) => Store> =>
  askEntities(ask, { ...articles(items), subgraph: 'inventory', selection: 'inStore' });

const askDelivery = <R>(ask: Ask, items: readonly What[], selection: string): Promise<(article: Code) => R> =>
  askEntities<Code, R>(ask, {
    ...articles<Code>(items),
    represent: (item) => {
      const { code, price, weight } = item as What;
      return { code, price, weight };
    },
    subgraph: 'inventory',
    selection,
  });

const articles = <T extends Code>(items: readonly T[]) => ({
  type: 'Article',
  items,
  key: ({ code }: T) => code,
  represent: ({ code }: T) => ({ code }),
});
