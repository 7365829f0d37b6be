import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ResidentReference } from './resident-vehicles.js';
import type { Vehicle as VehicleRecord } from './record.js';
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

/** Feinstaubplakette. */
export type EmissionSticker =
  /** Plakette 4. */
  | 'GREEN'
  /** No sticker. */
  | 'NONE'
  /** Plakette 2. */
  | 'RED'
  /** Plakette 3. */
  | 'YELLOW';

export type FormerLink = {
  __typename?: 'FormerLink';
  ags: Scalars['AGS']['output'];
  link: Scalars['String']['output'];
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
  /** One vehicle by its plate; null where the office has none. */
  vehicle?: Maybe<Vehicle>;
  /** The vehicles of a municipality, by plate. */
  vehicles?: Maybe<VehicleConnection>;
};


export type QueryVehicleArgs = {
  ags: Scalars['AGS']['input'];
  plate: Scalars['String']['input'];
};


export type QueryVehiclesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  ags: Scalars['AGS']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<VehicleSearch>;
};

export type Resident = {
  __typename?: 'Resident';
  ags: Scalars['AGS']['output'];
  /** Vehicles the person holds (§ 33 (1) StVG), by plate; one's own also at the offices of former residences. */
  vehicles?: Maybe<Array<Vehicle>>;
  vehiclesFormerly?: Maybe<Array<FormerLink>>;
  vehiclesLink?: Maybe<Scalars['String']['output']>;
};

/** A vehicle in the local register (örtliches Fahrzeugregister, § 31 StVG). */
export type Vehicle = {
  __typename?: 'Vehicle';
  /** Municipality of the registration. */
  ags: Scalars['AGS']['output'];
  /** Emission sticker, derived from fuel and emission key (35. BImSchV). */
  emissionSticker?: Maybe<EmissionSticker>;
  /** Day of the first registration (ZB I field B). */
  firstRegistration?: Maybe<Scalars['Date']['output']>;
  /** The holder's name and date of birth in this register, encrypted for the residents register alone; see Vehicle.holder. */
  holderLink?: Maybe<Scalars['String']['output']>;
  /** Month in which the next main inspection is due, YYYY-MM. */
  inspectionDue?: Maybe<Scalars['String']['output']>;
  /** Make (ZB I field D.1). */
  make?: Maybe<Scalars['String']['output']>;
  /** Trade name (ZB I field D.3). */
  model?: Maybe<Scalars['String']['output']>;
  /** For the access log: that this is the vehicle of whoever asks, sealed for it alone; null for everybody else. */
  ownRecord?: Maybe<Scalars['String']['output']>;
  /** Plate as on the car (§ 9 FZV). It does not tell the competent office (§ 15 (4) FZV). */
  plate: Scalars['String']['output'];
  /** Instant of the export this record comes from, ISO 8601. */
  recordedAt: Scalars['String']['output'];
  /** Whether the vehicle is registered. */
  status?: Maybe<VehicleStatus>;
  /** Fahrzeug-Identifizierungsnummer (ZB I field E); 17 characters, fewer on vehicles from before about 1981. */
  vin: Scalars['ID']['output'];
  /** German check digit of the VIN (ZB I field 3): 0 to 9 or X; null where the vehicle has none. */
  vinCheckDigit?: Maybe<Scalars['String']['output']>;
};

/** A page of vehicles. */
export type VehicleConnection = {
  __typename?: 'VehicleConnection';
  /** The vehicles of this page, by plate. */
  edges: Array<VehicleEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One vehicle of a page. */
export type VehicleEdge = {
  __typename?: 'VehicleEdge';
  /** Cursor of this vehicle. */
  cursor: Scalars['String']['output'];
  /** The vehicle. */
  node: Vehicle;
};

/** What is known of a vehicle; all of it must fit. */
export type VehicleSearch = {
  /** Make, exactly. */
  make?: InputMaybe<Scalars['String']['input']>;
  /** First characters of the plate. */
  platePrefix?: InputMaybe<Scalars['String']['input']>;
  /** Status. */
  status?: InputMaybe<VehicleStatus>;
};

/** Whether a vehicle may be on the road. */
export type VehicleStatus =
  /** Außer Betrieb gesetzt. */
  | 'DEREGISTERED'
  /** Betrieb untersagt. */
  | 'PROHIBITED'
  /** Zugelassen. */
  | 'REGISTERED';



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
  Resident: Resident;
  Vehicle: Vehicle;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Resident:
    ( { __typename: 'Resident' }
    & GraphQLRecursivePick<FederationTypes['Resident'], {"ags":true,"vehiclesLink":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Resident'], {"vehiclesFormerly":{"ags":true,"link":true}}> ) );
  Vehicle:
    ( { __typename: 'Vehicle' }
    & ( GraphQLRecursivePick<FederationTypes['Vehicle'], {"ags":true,"vin":true}>
        | GraphQLRecursivePick<FederationTypes['Vehicle'], {"ags":true,"plate":true}> ) );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AGS: ResolverTypeWrapper<Scalars['AGS']['output']>;
  CacheControlScope: CacheControlScope;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  EmissionSticker: EmissionSticker;
  FormerLink: ResolverTypeWrapper<FormerLink>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PartialDate: ResolverTypeWrapper<Scalars['PartialDate']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Resident: ResolverTypeWrapper<ResidentReference>;
  Vehicle: ResolverTypeWrapper<VehicleRecord>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  VehicleConnection: ResolverTypeWrapper<Omit<VehicleConnection, 'edges'> & { edges: Array<ResolversTypes['VehicleEdge']> }>;
  VehicleEdge: ResolverTypeWrapper<Omit<VehicleEdge, 'node'> & { node: ResolversTypes['Vehicle'] }>;
  VehicleSearch: VehicleSearch;
  VehicleStatus: VehicleStatus;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AGS: Scalars['AGS']['output'];
  Date: Scalars['Date']['output'];
  FormerLink: FormerLink;
  PageInfo: PageInfo;
  PartialDate: Scalars['PartialDate']['output'];
  Query: Record<PropertyKey, never>;
  Resident: ResidentReference;
  Vehicle: VehicleRecord;
  ID: Scalars['ID']['output'];
  VehicleConnection: Omit<VehicleConnection, 'edges'> & { edges: Array<ResolversParentTypes['VehicleEdge']> };
  VehicleEdge: Omit<VehicleEdge, 'node'> & { node: ResolversParentTypes['Vehicle'] };
  VehicleSearch: VehicleSearch;
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

export type FormerLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FormerLink'] = ResolversParentTypes['FormerLink']> = {
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  link?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export interface PartialDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['PartialDate'], any> {
  name: 'PartialDate';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  vehicle?: Resolver<Maybe<ResolversTypes['Vehicle']>, ParentType, ContextType, RequireFields<QueryVehicleArgs, 'ags' | 'plate'>>;
  vehicles?: Resolver<Maybe<ResolversTypes['VehicleConnection']>, ParentType, ContextType, RequireFields<QueryVehiclesArgs, 'ags' | 'first'>>;
};

export type ResidentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Resident'] = ResolversParentTypes['Resident'], FederationReferenceType extends FederationReferenceTypes['Resident'] = FederationReferenceTypes['Resident']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Resident']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  vehicles?: Resolver<Maybe<Array<ResolversTypes['Vehicle']>>, ParentType, ContextType>;
  vehiclesLink?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type VehicleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Vehicle'] = ResolversParentTypes['Vehicle'], FederationReferenceType extends FederationReferenceTypes['Vehicle'] = FederationReferenceTypes['Vehicle']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Vehicle']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  emissionSticker?: Resolver<Maybe<ResolversTypes['EmissionSticker']>, ParentType, ContextType>;
  firstRegistration?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  holderLink?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  inspectionDue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  make?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ownRecord?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  plate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['VehicleStatus']>, ParentType, ContextType>;
  vin?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  vinCheckDigit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type VehicleConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VehicleConnection'] = ResolversParentTypes['VehicleConnection']> = {
  edges?: Resolver<Array<ResolversTypes['VehicleEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type VehicleEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VehicleEdge'] = ResolversParentTypes['VehicleEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Vehicle'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AGS?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  FormerLink?: FormerLinkResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PartialDate?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Resident?: ResidentResolvers<ContextType>;
  Vehicle?: VehicleResolvers<ContextType>;
  VehicleConnection?: VehicleConnectionResolvers<ContextType>;
  VehicleEdge?: VehicleEdgeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cacheTag?: CacheTagDirectiveResolver<any, any, ContextType>;
  constraint?: ConstraintDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
};
