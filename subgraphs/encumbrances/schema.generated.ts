import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Parcel as ParcelRecord, Encumbrance as EncumbranceRecord } from './record.js';
import type { SheetLink } from './sheet-link.js';
import type { Context } from './loaders.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
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

/** One entry of a sheet (Baulastenblatt): a duty of the parcel's owners towards the building authority (Baulast, § 83 LBO). */
export type Encumbrance = {
  __typename?: 'Encumbrance';
  /** What the owner has taken over, as the index has it; the sheet alone is authoritative. */
  content?: Maybe<Scalars['String']['output']>;
  /** Day of the deletion after a waiver; null while the encumbrance is in force. */
  deletedOn?: Maybe<Scalars['Date']['output']>;
  /** Day of the entry, with which the encumbrance came into force. */
  enteredOn?: Maybe<Scalars['Date']['output']>;
  /** Running number of the entry on its sheet. */
  entryNumber: Scalars['Int']['output'];
  /** What kind of duty it is. */
  kind?: Maybe<EncumbranceKind>;
  /** The scanned sheet; null where no scan lies in the store. */
  sheet?: Maybe<EncumbranceSheet>;
  /** Number of the sheet (Baulastenblatt). */
  sheetNumber: Scalars['String']['output'];
};

/** Kind of a building encumbrance (Baulastart). */
export type EncumbranceKind =
  /** Zufahrts- oder Zuwegungsbaulast: others reach their land over this parcel. */
  | 'ACCESS'
  /** Abstandsflächenbaulast: distances between buildings lie on this parcel. */
  | 'DISTANCE'
  /** Anything else. */
  | 'OTHER'
  /** Stellplatzbaulast: parking space of another building. */
  | 'PARKING'
  /** Vereinigungsbaulast: several parcels count as one. */
  | 'UNION'
  /** Leitungsbaulast: supply lines of another parcel. */
  | 'UTILITIES';

/** A scanned sheet (PDF), by a link made for this answer. */
export type EncumbranceSheet = {
  __typename?: 'EncumbranceSheet';
  /** Length of the PDF in bytes. */
  bytes: Scalars['Int']['output'];
  /** Instant from which the link leads nowhere, ISO 8601. */
  expiresAt: Scalars['String']['output'];
  /** Where the PDF can be downloaded until `expiresAt`, without a token: whoever has the link has the sheet. */
  url: Scalars['String']['output'];
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

/** A parcel (Flurstück) that has a sheet in the register of building encumbrances (Baulastenverzeichnis, § 83 LBO). */
export type Parcel = {
  __typename?: 'Parcel';
  /** Municipality in which the parcel lies. */
  ags: Scalars['AGS']['output'];
  /** Key of the cadastral district (Gemarkung) with the one of the Land before it: 6 digits. */
  cadastralDistrict: Scalars['String']['output'];
  /** What burdens the parcel (Baulasten), by sheet and entry; deleted ones are among them. */
  encumbrances?: Maybe<Array<Encumbrance>>;
  /**
   * Flurstückskennzeichen of ALKIS: Land 2, Gemarkung 4, Flur 3, Zähler 5, Nenner 4, Folge 2; underscores where there is
   * none.
   */
  key: Scalars['ID']['output'];
  /** Flurstücksnummer as people write it: `42/7`. */
  number: Scalars['String']['output'];
  /** Instant of the export these entries come from, ISO 8601. */
  recordedAt: Scalars['String']['output'];
  /** Flur, without leading zeros; null where the district has none. */
  section?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  __typename?: 'Query';
  /**
   * One parcel by its official key; null where the register of building encumbrances has no sheet for it. No entry does
   * not mean that there is no encumbrance: the register has no public faith (kein öffentlicher Glaube).
   */
  parcel?: Maybe<Parcel>;
};


export type QueryParcelArgs = {
  ags: Scalars['AGS']['input'];
  key: Scalars['ID']['input'];
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
  Parcel: Parcel;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Parcel:
    ( { __typename: 'Parcel' }
    & GraphQLRecursivePick<FederationTypes['Parcel'], {"ags":true,"key":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AGS: ResolverTypeWrapper<Scalars['AGS']['output']>;
  CacheControlScope: CacheControlScope;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  Encumbrance: ResolverTypeWrapper<EncumbranceRecord>;
  EncumbranceKind: EncumbranceKind;
  EncumbranceSheet: ResolverTypeWrapper<SheetLink>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Parcel: ResolverTypeWrapper<ParcelRecord>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
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
  Encumbrance: EncumbranceRecord;
  EncumbranceSheet: SheetLink;
  PageInfo: PageInfo;
  Parcel: ParcelRecord;
  ID: Scalars['ID']['output'];
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

export type EncumbranceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Encumbrance'] = ResolversParentTypes['Encumbrance']> = {
  content?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  enteredOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  entryNumber?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['EncumbranceKind']>, ParentType, ContextType>;
  sheet?: Resolver<Maybe<ResolversTypes['EncumbranceSheet']>, ParentType, ContextType>;
  sheetNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EncumbranceSheetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EncumbranceSheet'] = ResolversParentTypes['EncumbranceSheet']> = {
  bytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ParcelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Parcel'] = ResolversParentTypes['Parcel'], FederationReferenceType extends FederationReferenceTypes['Parcel'] = FederationReferenceTypes['Parcel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Parcel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  cadastralDistrict?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  encumbrances?: Resolver<Maybe<Array<ResolversTypes['Encumbrance']>>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  section?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface PartialDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['PartialDate'], any> {
  name: 'PartialDate';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  parcel?: Resolver<Maybe<ResolversTypes['Parcel']>, ParentType, ContextType, RequireFields<QueryParcelArgs, 'ags' | 'key'>>;
};

export type Resolvers<ContextType = Context> = {
  AGS?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  Encumbrance?: EncumbranceResolvers<ContextType>;
  EncumbranceSheet?: EncumbranceSheetResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Parcel?: ParcelResolvers<ContextType>;
  PartialDate?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cacheTag?: CacheTagDirectiveResolver<any, any, ContextType>;
  constraint?: ConstraintDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
};
