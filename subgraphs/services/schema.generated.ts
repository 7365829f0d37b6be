import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ServiceRecord } from './record.js';
import type { OfficeRecord } from './office-record.js';
import type { ServicePage } from './service-list.js';
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

export type Municipality = {
  __typename?: 'Municipality';
  ags: Scalars['AGS']['output'];
  /** Offices competent for anything in this municipality, its own and those of its district and Land, by name. */
  offices?: Maybe<Array<ServiceOffice>>;
  /** Services for which an office is competent in this municipality, by name. */
  services?: Maybe<ServiceConnection>;
};


export type MunicipalityServicesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Address of an office. */
export type OfficeAddress = {
  __typename?: 'OfficeAddress';
  /** House number. */
  houseNumber?: Maybe<Scalars['String']['output']>;
  /** Place. */
  place?: Maybe<Scalars['String']['output']>;
  /** Postal code, 5 digits. */
  postalCode?: Maybe<Scalars['String']['output']>;
  /** Street. */
  street?: Maybe<Scalars['String']['output']>;
};

/** Hours of one day; a day with a break has two. */
export type OpeningHours = {
  __typename?: 'OpeningHours';
  /** To, HH:MM. */
  closes: Scalars['String']['output'];
  /** Day of the week. */
  day: Weekday;
  /** From, HH:MM. */
  opens: Scalars['String']['output'];
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
  /** One service by its key; null where the catalogue has none. */
  service?: Maybe<Service>;
  /**
   * Services (Verwaltungsleistungen) of the catalogue. With `search` the best fit first; without it by name, those of the
   * municipality alone where one is given. Null where the municipality is not of this cooperation.
   */
  services?: Maybe<ServiceConnection>;
};


export type QueryServiceArgs = {
  leikaKey: Scalars['ID']['input'];
};


export type QueryServicesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  ags?: InputMaybe<Scalars['AGS']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A service of the administration (Verwaltungsleistung), as XZuFi 2.2.0 transfer messages describe it. Texts are plain
 * German for the public, without markup; paragraphs are divided by line feeds.
 */
export type Service = {
  __typename?: 'Service';
  /** Instant of the last editorial change, ISO 8601; null where the catalogue does not say. */
  changedAt?: Maybe<Scalars['String']['output']>;
  /**
   * The office competent for an address: where offices divide a municipality by postal code that one, otherwise the
   * nearest. Null where nobody is competent.
   */
  competentOffice?: Maybe<ServiceOffice>;
  /** Offices competent for it (zuständige Stellen), the nearest first; empty where nobody is. */
  competentOffices?: Maybe<Array<ServiceOffice>>;
  /** Periods to keep (Fristen). */
  deadlines: Array<ServiceDeadline>;
  /** What it is about (Volltext, text module 06). */
  description?: Maybe<Scalars['String']['output']>;
  /** What to bring or send (Erforderliche Unterlagen, text module 08). */
  documents: Array<Scalars['String']['output']>;
  /** What it costs (Kosten); empty where it is free or the catalogue says nothing. */
  fees: Array<ServiceFee>;
  /** Forms (Formulare, text module 14). */
  forms: Array<ServiceLink>;
  /** Legal basis (Handlungsgrundlagen, text module 07). */
  legalBasis: Array<Scalars['String']['output']>;
  /** Key of the service catalogue (LeiKa-Schlüssel), 14 digits; services without one have a key of the editorial system. */
  leikaKey: Scalars['ID']['output'];
  /** Name (Leistungsbezeichnung, text module 02). */
  name: Scalars['String']['output'];
  /** Hints (Hinweise, text module 16). */
  notes?: Maybe<Scalars['String']['output']>;
  /** Where it can be applied for online (Onlinedienste). */
  onlineLinks?: Maybe<Array<ServiceLink>>;
  /** How it goes (Verfahrensablauf, text module 11). */
  procedure?: Maybe<Scalars['String']['output']>;
  /** How long it takes (Bearbeitungsdauer), in words. */
  processingTime?: Maybe<Scalars['String']['output']>;
  /** How to object (Rechtsbehelf, text module 25). */
  remedy?: Maybe<Scalars['String']['output']>;
  /** What must be the case (Voraussetzungen, text module 09). */
  requirements?: Maybe<Scalars['String']['output']>;
  /** Other words for it (Begriffe im Kontext). */
  synonyms: Array<Scalars['String']['output']>;
  /** One sentence (Teaser, text module 24, or Kurztext, 05). */
  teaser?: Maybe<Scalars['String']['output']>;
};


/**
 * A service of the administration (Verwaltungsleistung), as XZuFi 2.2.0 transfer messages describe it. Texts are plain
 * German for the public, without markup; paragraphs are divided by line feeds.
 */
export type ServiceCompetentOfficeArgs = {
  ags: Scalars['AGS']['input'];
  postalCode?: InputMaybe<Scalars['String']['input']>;
};


/**
 * A service of the administration (Verwaltungsleistung), as XZuFi 2.2.0 transfer messages describe it. Texts are plain
 * German for the public, without markup; paragraphs are divided by line feeds.
 */
export type ServiceCompetentOfficesArgs = {
  ags: Scalars['AGS']['input'];
};


/**
 * A service of the administration (Verwaltungsleistung), as XZuFi 2.2.0 transfer messages describe it. Texts are plain
 * German for the public, without markup; paragraphs are divided by line feeds.
 */
export type ServiceOnlineLinksArgs = {
  ags?: InputMaybe<Scalars['AGS']['input']>;
};

/** A page of services. */
export type ServiceConnection = {
  __typename?: 'ServiceConnection';
  /** Instant at which the catalogue was last known to be up to date, ISO 8601. */
  asOf: Scalars['String']['output'];
  /** The services of this page, in the order of the list. */
  edges: Array<ServiceEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many services the whole list has. */
  totalCount: Scalars['Int']['output'];
};

/** A period to keep (Frist). */
export type ServiceDeadline = {
  __typename?: 'ServiceDeadline';
  /** In days, where the catalogue gives days. */
  days?: Maybe<Scalars['Int']['output']>;
  /** In words. */
  description: Scalars['String']['output'];
};

/** One service of a page. */
export type ServiceEdge = {
  __typename?: 'ServiceEdge';
  /** Cursor of this service. */
  cursor: Scalars['String']['output'];
  /** The service. */
  node: Service;
};

/**
 * A fee (Kosten) in euro cents: a fixed one has `amountCents` alone, a range both amounts, one that is computed in each
 * case neither.
 */
export type ServiceFee = {
  __typename?: 'ServiceFee';
  /** The amount, or the least of a range. */
  amountCents?: Maybe<Scalars['Int']['output']>;
  /** What the fee is for. */
  description?: Maybe<Scalars['String']['output']>;
  /** The most of a range. */
  maximumCents?: Maybe<Scalars['Int']['output']>;
};

/** A web page: a form or an online service. */
export type ServiceLink = {
  __typename?: 'ServiceLink';
  /** What stands behind it. */
  title: Scalars['String']['output'];
  /** Address of the page, http or https. */
  url: Scalars['String']['output'];
};

/** An office (Organisationseinheit) that people can turn to. */
export type ServiceOffice = {
  __typename?: 'ServiceOffice';
  /** Where it is. */
  address?: Maybe<OfficeAddress>;
  /** E-mail address of the office. */
  email?: Maybe<Scalars['String']['output']>;
  /** Id in the editorial system. */
  id: Scalars['ID']['output'];
  /** Name of the office. */
  name: Scalars['String']['output'];
  /** When it is open (Öffnungszeiten), by day and time; empty where the catalogue gives no hours. */
  openingHours: Array<OpeningHours>;
  /** What else is to say about opening hours. */
  openingHoursNote?: Maybe<Scalars['String']['output']>;
  /** Telephone; 115 is the number of all authorities. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Web page of the office. */
  website?: Maybe<Scalars['String']['output']>;
};

/** Day of the week. */
export type Weekday =
  /** Freitag. */
  | 'FRIDAY'
  /** Montag. */
  | 'MONDAY'
  /** Samstag. */
  | 'SATURDAY'
  /** Sonntag. */
  | 'SUNDAY'
  /** Donnerstag. */
  | 'THURSDAY'
  /** Dienstag. */
  | 'TUESDAY'
  /** Mittwoch. */
  | 'WEDNESDAY';



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
  Municipality: Municipality;
  Service: Service;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Municipality:
    ( { __typename: 'Municipality' }
    & GraphQLRecursivePick<FederationTypes['Municipality'], {"ags":true}> );
  Service:
    ( { __typename: 'Service' }
    & GraphQLRecursivePick<FederationTypes['Service'], {"leikaKey":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AGS: ResolverTypeWrapper<Scalars['AGS']['output']>;
  CacheControlScope: CacheControlScope;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  Municipality: ResolverTypeWrapper<Omit<Municipality, 'offices' | 'services'> & { offices?: Maybe<Array<ResolversTypes['ServiceOffice']>>, services?: Maybe<ResolversTypes['ServiceConnection']> }>;
  OfficeAddress: ResolverTypeWrapper<OfficeAddress>;
  OpeningHours: ResolverTypeWrapper<OpeningHours>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PartialDate: ResolverTypeWrapper<Scalars['PartialDate']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Service: ResolverTypeWrapper<ServiceRecord>;
  ServiceConnection: ResolverTypeWrapper<ServicePage>;
  ServiceDeadline: ResolverTypeWrapper<ServiceDeadline>;
  ServiceEdge: ResolverTypeWrapper<Omit<ServiceEdge, 'node'> & { node: ResolversTypes['Service'] }>;
  ServiceFee: ResolverTypeWrapper<ServiceFee>;
  ServiceLink: ResolverTypeWrapper<ServiceLink>;
  ServiceOffice: ResolverTypeWrapper<OfficeRecord>;
  Weekday: Weekday;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AGS: Scalars['AGS']['output'];
  Date: Scalars['Date']['output'];
  Municipality: Omit<Municipality, 'offices' | 'services'> & { offices?: Maybe<Array<ResolversParentTypes['ServiceOffice']>>, services?: Maybe<ResolversParentTypes['ServiceConnection']> } | FederationReferenceTypes['Municipality'];
  OfficeAddress: OfficeAddress;
  OpeningHours: OpeningHours;
  PageInfo: PageInfo;
  PartialDate: Scalars['PartialDate']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Service: ServiceRecord;
  ServiceConnection: ServicePage;
  ServiceDeadline: ServiceDeadline;
  ServiceEdge: Omit<ServiceEdge, 'node'> & { node: ResolversParentTypes['Service'] };
  ServiceFee: ServiceFee;
  ServiceLink: ServiceLink;
  ServiceOffice: OfficeRecord;
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

export type MunicipalityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Municipality'] = ResolversParentTypes['Municipality'], FederationReferenceType extends FederationReferenceTypes['Municipality'] = FederationReferenceTypes['Municipality']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Municipality']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  offices?: Resolver<Maybe<Array<ResolversTypes['ServiceOffice']>>, ParentType, ContextType>;
  services?: Resolver<Maybe<ResolversTypes['ServiceConnection']>, ParentType, ContextType, RequireFields<MunicipalityServicesArgs, 'first'>>;
};

export type OfficeAddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OfficeAddress'] = ResolversParentTypes['OfficeAddress']> = {
  houseNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  place?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  street?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OpeningHoursResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpeningHours'] = ResolversParentTypes['OpeningHours']> = {
  closes?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  day?: Resolver<ResolversTypes['Weekday'], ParentType, ContextType>;
  opens?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export interface PartialDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['PartialDate'], any> {
  name: 'PartialDate';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  service?: Resolver<Maybe<ResolversTypes['Service']>, ParentType, ContextType, RequireFields<QueryServiceArgs, 'leikaKey'>>;
  services?: Resolver<Maybe<ResolversTypes['ServiceConnection']>, ParentType, ContextType, RequireFields<QueryServicesArgs, 'first'>>;
};

export type ServiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Service'] = ResolversParentTypes['Service'], FederationReferenceType extends FederationReferenceTypes['Service'] = FederationReferenceTypes['Service']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Service']> | FederationReferenceType, FederationReferenceType, ContextType>;
  changedAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  competentOffice?: Resolver<Maybe<ResolversTypes['ServiceOffice']>, ParentType, ContextType, RequireFields<ServiceCompetentOfficeArgs, 'ags'>>;
  competentOffices?: Resolver<Maybe<Array<ResolversTypes['ServiceOffice']>>, ParentType, ContextType, RequireFields<ServiceCompetentOfficesArgs, 'ags'>>;
  deadlines?: Resolver<Array<ResolversTypes['ServiceDeadline']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  documents?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  fees?: Resolver<Array<ResolversTypes['ServiceFee']>, ParentType, ContextType>;
  forms?: Resolver<Array<ResolversTypes['ServiceLink']>, ParentType, ContextType>;
  legalBasis?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  leikaKey?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  notes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  onlineLinks?: Resolver<Maybe<Array<ResolversTypes['ServiceLink']>>, ParentType, ContextType, Partial<ServiceOnlineLinksArgs>>;
  procedure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  processingTime?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  remedy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requirements?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  synonyms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  teaser?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ServiceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceConnection'] = ResolversParentTypes['ServiceConnection']> = {
  asOf?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ServiceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ServiceDeadlineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceDeadline'] = ResolversParentTypes['ServiceDeadline']> = {
  days?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ServiceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceEdge'] = ResolversParentTypes['ServiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Service'], ParentType, ContextType>;
};

export type ServiceFeeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceFee'] = ResolversParentTypes['ServiceFee']> = {
  amountCents?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  maximumCents?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ServiceLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceLink'] = ResolversParentTypes['ServiceLink']> = {
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ServiceOfficeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceOffice'] = ResolversParentTypes['ServiceOffice']> = {
  address?: Resolver<Maybe<ResolversTypes['OfficeAddress']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  openingHours?: Resolver<Array<ResolversTypes['OpeningHours']>, ParentType, ContextType>;
  openingHoursNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  website?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AGS?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  Municipality?: MunicipalityResolvers<ContextType>;
  OfficeAddress?: OfficeAddressResolvers<ContextType>;
  OpeningHours?: OpeningHoursResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PartialDate?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Service?: ServiceResolvers<ContextType>;
  ServiceConnection?: ServiceConnectionResolvers<ContextType>;
  ServiceDeadline?: ServiceDeadlineResolvers<ContextType>;
  ServiceEdge?: ServiceEdgeResolvers<ContextType>;
  ServiceFee?: ServiceFeeResolvers<ContextType>;
  ServiceLink?: ServiceLinkResolvers<ContextType>;
  ServiceOffice?: ServiceOfficeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cacheTag?: CacheTagDirectiveResolver<any, any, ContextType>;
  constraint?: ConstraintDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
};
