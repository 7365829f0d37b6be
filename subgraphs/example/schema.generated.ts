import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { LostItem as LostItemRecord } from './record.js';
import type { Context } from './loaders.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Amtlicher Gemeindeschlüssel, the official key of a municipality: 8 digits, a string because of the leading zero. */
  AGS: { input: string; output: string; }
  /** A calendar day, YYYY-MM-DD. */
  Date: { input: string; output: string; }
  /** A day, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY, because registers know no more (DSMeld, partial dates). */
  PartialDate: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Whom a kept answer may answer. */
export type CacheControlScope =
  /** The one who asked, with the same rights, for the same purpose. */
  | 'PRIVATE'
  /** Everybody: there is nothing about a person in it. */
  | 'PUBLIC';

/** A found thing (Fundsache, § 965 BGB) that was handed in at the municipality's lost-property office (Fundbüro). */
export type LostItem = {
  __typename?: 'LostItem';
  /** Municipality of the office. */
  ags: Scalars['AGS']['output'];
  /** Day of the find; the owner may claim the thing for six months from its report (§ 973 BGB). */
  foundOn?: Maybe<Scalars['Date']['output']>;
  /** What kind of thing. */
  kind?: Maybe<LostItemKind>;
  /** The municipality, with its name and providers. */
  municipality?: Maybe<Municipality>;
  /** Number of the item, unique in its municipality. */
  number: Scalars['ID']['output'];
  /** Where the office keeps it; only the municipality's own caseworkers see it. */
  storagePlace?: Maybe<Scalars['String']['output']>;
};

/** A page of lost items. */
export type LostItemConnection = {
  __typename?: 'LostItemConnection';
  /** The items of this page, by number. */
  edges: Array<LostItemEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One lost item of a page. */
export type LostItemEdge = {
  __typename?: 'LostItemEdge';
  /** Cursor of this item. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: LostItem;
};

/** Kind of a lost item. */
export type LostItemKind =
  /** Fahrrad. */
  | 'BICYCLE'
  /** Schlüssel. */
  | 'KEYS'
  /** Anything else. */
  | 'OTHER'
  /** Geldbörse. */
  | 'WALLET';

export type Municipality = {
  __typename?: 'Municipality';
  ags: Scalars['AGS']['output'];
};

/**
 * Where a page of a list stands (Relay cursor connections). It tells nothing that its list does not, and is reached
 * through the list alone, whose rule decides.
 */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last record of this page; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more records follow. */
  hasNextPage: Scalars['Boolean']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** One lost item by its number; null where the office has none. */
  lostItem?: Maybe<LostItem>;
  /** The items waiting for their owners, by number. */
  lostItems?: Maybe<LostItemConnection>;
};


export type QueryLostItemArgs = {
  ags: Scalars['AGS']['input'];
  number: Scalars['ID']['input'];
};


export type QueryLostItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  ags: Scalars['AGS']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  LostItem: LostItem;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  LostItem:
    ( { __typename: 'LostItem' }
    & GraphQLRecursivePick<FederationTypes['LostItem'], {"ags":true,"number":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AGS: ResolverTypeWrapper<Scalars['AGS']['output']>;
  CacheControlScope: CacheControlScope;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  LostItem: ResolverTypeWrapper<LostItemRecord>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  LostItemConnection: ResolverTypeWrapper<Omit<LostItemConnection, 'edges'> & { edges: Array<ResolversTypes['LostItemEdge']> }>;
  LostItemEdge: ResolverTypeWrapper<Omit<LostItemEdge, 'node'> & { node: ResolversTypes['LostItem'] }>;
  LostItemKind: LostItemKind;
  Municipality: ResolverTypeWrapper<Municipality>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PartialDate: ResolverTypeWrapper<Scalars['PartialDate']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AGS: Scalars['AGS']['output'];
  Date: Scalars['Date']['output'];
  LostItem: LostItemRecord;
  ID: Scalars['ID']['output'];
  LostItemConnection: Omit<LostItemConnection, 'edges'> & { edges: Array<ResolversParentTypes['LostItemEdge']> };
  LostItemEdge: Omit<LostItemEdge, 'node'> & { node: ResolversParentTypes['LostItem'] };
  Municipality: Municipality;
  PageInfo: PageInfo;
  PartialDate: Scalars['PartialDate']['output'];
  Query: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
  staleIfError?: Maybe<Scalars['Int']['input']>;
  staleWhileRevalidate?: Maybe<Scalars['Int']['input']>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CacheTagDirectiveArgs = {
  format: Scalars['String']['input'];
};

export type CacheTagDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheTagDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ConstraintDirectiveArgs = {
  format?: Maybe<Scalars['String']['input']>;
  max?: Maybe<Scalars['Int']['input']>;
  min?: Maybe<Scalars['Int']['input']>;
};

export type ConstraintDirectiveResolver<Result, Parent, ContextType = Context, Args = ConstraintDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = Context, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface AgsScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['AGS'], any> {
  name: 'AGS';
}

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type LostItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LostItem'] = ResolversParentTypes['LostItem'], FederationReferenceType extends FederationReferenceTypes['LostItem'] = FederationReferenceTypes['LostItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LostItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  foundOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['LostItemKind']>, ParentType, ContextType>;
  municipality?: Resolver<Maybe<ResolversTypes['Municipality']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  storagePlace?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LostItemConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LostItemConnection'] = ResolversParentTypes['LostItemConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LostItemEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LostItemEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LostItemEdge'] = ResolversParentTypes['LostItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LostItem'], ParentType, ContextType>;
};

export type MunicipalityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Municipality'] = ResolversParentTypes['Municipality']> = {
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export interface PartialDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['PartialDate'], any> {
  name: 'PartialDate';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  lostItem?: Resolver<Maybe<ResolversTypes['LostItem']>, ParentType, ContextType, RequireFields<QueryLostItemArgs, 'ags' | 'number'>>;
  lostItems?: Resolver<Maybe<ResolversTypes['LostItemConnection']>, ParentType, ContextType, RequireFields<QueryLostItemsArgs, 'ags' | 'first'>>;
};

export type Resolvers<ContextType = Context> = {
  AGS?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  LostItem?: LostItemResolvers<ContextType>;
  LostItemConnection?: LostItemConnectionResolvers<ContextType>;
  LostItemEdge?: LostItemEdgeResolvers<ContextType>;
  Municipality?: MunicipalityResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PartialDate?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cacheTag?: CacheTagDirectiveResolver<any, any, ContextType>;
  constraint?: ConstraintDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
};
