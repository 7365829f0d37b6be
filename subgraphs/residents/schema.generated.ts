import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ResidentRecord, ResidenceRecord, AddressRecord } from './record.js';
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

/** An address in Germany (Meldeanschrift). */
export type Address = {
  __typename?: 'Address';
  /** Municipality of the address (DSMeld 1201). */
  ags?: Maybe<Scalars['AGS']['output']>;
  /** Bedingter Sperrvermerk (§ 52 BMG): travels with the address; hear the person before passing it on. */
  conditionalBlock?: Maybe<Scalars['Boolean']['output']>;
  /** Hausnummer with its letter or part number (DSMeld 1206 to 1209). */
  houseNumber?: Maybe<Scalars['String']['output']>;
  /** Wohnort. */
  place?: Maybe<Scalars['String']['output']>;
  /** Postleitzahl, 5 digits, a string (DSMeld 1202). */
  postalCode?: Maybe<Scalars['String']['output']>;
  /** Straße (DSMeld 1205). */
  street?: Maybe<Scalars['String']['output']>;
};

/** Whom a kept answer may answer. */
export type CacheControlScope =
  /** The one who asked, with the same rights, for the same purpose. */
  | 'PRIVATE'
  /** Everybody: there is nothing about a person in it. */
  | 'PUBLIC';

/** A municipality of a former residence, and the person's name, date of birth and address there, encrypted as a link. */
export type FormerLink = {
  __typename?: 'FormerLink';
  /** Municipality of the former residence. */
  ags: Scalars['AGS']['output'];
  /** Link that also holds the former address. */
  link: Scalars['String']['output'];
};

export type HousingBenefitCase = {
  __typename?: 'HousingBenefitCase';
  ags: Scalars['AGS']['output'];
  /** The applicant (wohngeldberechtigte Person, § 3 WoGG); null where no resident matches. */
  applicant?: Maybe<Resident>;
  applicantLink?: Maybe<Scalars['String']['output']>;
  caseNumber: Scalars['ID']['output'];
};

/** A case that the residents' office has taken on. It says nothing of the person, and is given for whomever was named. */
export type ManualFollowUp = {
  __typename?: 'ManualFollowUp';
  /** Municipality whose residents' office has taken it on. */
  ags: Scalars['AGS']['output'];
  /** When the office received it, ISO 8601 instant. */
  receivedAt: Scalars['String']['output'];
  /** The office's number of the case, for its answer and for questions. */
  reference: Scalars['ID']['output'];
};

/** Familienstand as in the register (DSMeld 1401). */
export type MaritalStatus =
  /** LP */
  | 'CIVIL_PARTNERSHIP'
  /** LA, LV: partnership ended (aufgehoben, verwitwet) */
  | 'CIVIL_PARTNERSHIP_ENDED'
  /** GS */
  | 'DIVORCED'
  /** VH */
  | 'MARRIED'
  /** LD */
  | 'SINGLE'
  /** NB: not known */
  | 'UNKNOWN'
  /** VW */
  | 'WIDOWED';

export type Municipality = {
  __typename?: 'Municipality';
  ags: Scalars['AGS']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Leaves a search to the residents' office, which goes on by hand (§ 34a (5) BMG; XMeld 1322, Aussteuerung). Offered where
   * a look-up or a search has found nobody: that answer says as little about an unknown person as about one under a block
   * (§ 51 BMG), and so does this one. The office answers the authority under its file reference, outside of this API. Needs
   * a purpose and a file reference; what is wrong with the search itself is BAD_USER_INPUT, as in a search.
   */
  requestManualFollowUp?: Maybe<ManualFollowUp>;
};


export type MutationRequestManualFollowUpArgs = {
  ags: Scalars['AGS']['input'];
  search: ResidentSearch;
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
  /**
   * The signed-in citizen in their own residents register (self-disclosure, § 10 BMG; needs trust level hoch), found by all
   * names, date of birth and current address of the account. A block (§ 51 BMG) hides nobody from themselves. Null where
   * nobody fits, and with MATCH_UNCERTAIN where several do.
   */
  me?: Maybe<Resident>;
  /** One resident by the key this register gave out earlier; null where nobody with this key lives in the municipality now. */
  resident?: Maybe<Resident>;
  /**
   * Person search (Personensuche, XMeld 1330) in exactly one municipality, § 38 (1) BMG: family name, given name and one of
   * date of birth, place of birth, sex or street. People who live there now, by name. More than 1,000 hits, less than the
   * law wants, and a street that the register does not know are refused with BAD_USER_INPUT.
   */
  residents?: Maybe<ResidentConnection>;
};


export type QueryResidentArgs = {
  ags: Scalars['AGS']['input'];
  id: Scalars['ID']['input'];
};


export type QueryResidentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  ags: Scalars['AGS']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  search: ResidentSearch;
};

/** A residence (Wohnung) with its dates (DSMeld 1301, 1306). */
export type Residence = {
  __typename?: 'Residence';
  /** Where; null for a residence abroad or unknown. */
  address?: Maybe<Address>;
  /** Whether the person lives there now. */
  isCurrent: Scalars['Boolean']['output'];
  /** Day of moving in, as exact as known. */
  movedIn?: Maybe<Scalars['PartialDate']['output']>;
  /** Day of moving out; null while the person lives there. */
  movedOut?: Maybe<Scalars['PartialDate']['output']>;
  /** Sole, main or secondary (DSMeld 1213). */
  status?: Maybe<ResidenceStatus>;
};

/** Wohnungsstatus. */
export type ResidenceStatus =
  /** Hauptwohnung. */
  | 'MAIN'
  /** Nebenwohnung. */
  | 'SECONDARY'
  /** Alleinige Wohnung. */
  | 'SOLE';

/**
 * A person in the residents register (Melderegister) of one municipality, § 3 (1) BMG. Blocked persons (§ 51 BMG) are
 * there for themselves alone.
 */
export type Resident = {
  __typename?: 'Resident';
  /** Municipality of the register. */
  ags: Scalars['AGS']['output'];
  /** When the register answered, ISO 8601 instant. */
  asOf: Scalars['String']['output'];
  /** Geburtsname, where it differs from the family name (DSMeld 0201a). */
  birthName?: Maybe<Scalars['String']['output']>;
  /** Gebräuchlicher Vorname (DSMeld 0302). */
  callName?: Maybe<Scalars['String']['output']>;
  /** Address of the sole or main residence (DSMeld 1201 to 1213). */
  currentAddress?: Maybe<Address>;
  /** Geburtsdatum, as exact as the register knows it (DSMeld 0601). */
  dateOfBirth?: Maybe<Scalars['PartialDate']['output']>;
  /** Doktorgrad (DSMeld 0401). */
  doctorate?: Maybe<Scalars['String']['output']>;
  /** Familienname (DSMeld 0101a). */
  familyName?: Maybe<Scalars['String']['output']>;
  /** Vornamen in the order of the register (DSMeld 0301). */
  givenNames?: Maybe<Array<Scalars['String']['output']>>;
  /** As vehiclesFormerly, for the housing-benefit register. */
  housingBenefitFormerly?: Maybe<Array<FormerLink>>;
  /** As vehiclesLink, for the housing-benefit register. */
  housingBenefitLink?: Maybe<Scalars['String']['output']>;
  /** Pseudonym of the person in this register: its key, encrypted. It means nothing elsewhere. */
  id: Scalars['ID']['output'];
  /** Familienstand (DSMeld 1401). */
  maritalStatus?: Maybe<MaritalStatus>;
  /** Municipality of the register, with its name and providers. */
  municipality?: Maybe<Municipality>;
  /** Staatsangehörigkeiten (DSMeld 1001) as ISO 3166-1 alpha-2 codes; XK Kosovo, XA stateless, XB not clarified, XC no entry. */
  nationalities?: Maybe<Array<Scalars['String']['output']>>;
  /** For the access log: that this is the record of whoever asks, sealed for it alone; null on anybody else's. */
  ownRecord?: Maybe<Scalars['String']['output']>;
  /** Geburtsort (DSMeld 0602). */
  placeOfBirth?: Maybe<Scalars['String']['output']>;
  /** Current and former residences (Wohnungen): current ones first, then the latest. */
  residences?: Maybe<Array<Residence>>;
  /** Geschlecht (DSMeld 0701). */
  sex?: Maybe<Sex>;
  /** For one's own record: where else the person may be found in the vehicle register. */
  vehiclesFormerly?: Maybe<Array<FormerLink>>;
  /**
   * The person's name in the vehicle register: normalised name and date of birth, encrypted for these two registers
   * alone. Null where the register holds more than one such person.
   */
  vehiclesLink?: Maybe<Scalars['String']['output']>;
};

/** A page of residents. There is no total: it would count people the caller may not know of. */
export type ResidentConnection = {
  __typename?: 'ResidentConnection';
  /** The records of this page, by family name, given names and date of birth. */
  edges: Array<ResidentEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One resident of a page. */
export type ResidentEdge = {
  __typename?: 'ResidentEdge';
  /** Cursor of this record. */
  cursor: Scalars['String']['output'];
  /** The resident. */
  node: Resident;
};

/** Selection data of a Personensuche; all given data must fit, there are no wildcards. */
export type ResidentSearch = {
  /** Date of birth; one that is less exact finds all within it. */
  dateOfBirth?: InputMaybe<Scalars['PartialDate']['input']>;
  /** Family name or name at birth; letters are normalised as DIN 91379 says (Soerensen finds Sörensen). */
  familyName: Scalars['String']['input'];
  /** One or more given names in any order; a hyphenated name is one. */
  givenName: Scalars['String']['input'];
  /** Place of birth. */
  placeOfBirth?: InputMaybe<Scalars['String']['input']>;
  /** Sex. */
  sex?: InputMaybe<Sex>;
  /** Street of a residence in the municipality, current or former. */
  street?: InputMaybe<Scalars['String']['input']>;
};

/** Geschlecht as in the register (XInneres code list Geschlecht). */
export type Sex =
  /** d */
  | 'DIVERSE'
  /** w */
  | 'FEMALE'
  /** m */
  | 'MALE'
  /** x: no entry (ohne Angabe) */
  | 'UNSPECIFIED';

export type Vehicle = {
  __typename?: 'Vehicle';
  ags: Scalars['AGS']['output'];
  /** The holder; null where no resident matches, and for companies. */
  holder?: Maybe<Resident>;
  holderLink?: Maybe<Scalars['String']['output']>;
  vin: Scalars['ID']['output'];
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
  HousingBenefitCase: HousingBenefitCase;
  Resident: Resident;
  Vehicle: Vehicle;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  HousingBenefitCase:
    ( { __typename: 'HousingBenefitCase' }
    & GraphQLRecursivePick<FederationTypes['HousingBenefitCase'], {"ags":true,"caseNumber":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['HousingBenefitCase'], {"applicantLink":true}> ) );
  Resident:
    ( { __typename: 'Resident' }
    & ( GraphQLRecursivePick<FederationTypes['Resident'], {"ags":true,"id":true}>
        | GraphQLRecursivePick<FederationTypes['Resident'], {"ags":true,"vehiclesLink":true}>
        | GraphQLRecursivePick<FederationTypes['Resident'], {"ags":true,"housingBenefitLink":true}> ) );
  Vehicle:
    ( { __typename: 'Vehicle' }
    & GraphQLRecursivePick<FederationTypes['Vehicle'], {"ags":true,"vin":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Vehicle'], {"holderLink":true}> ) );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AGS: ResolverTypeWrapper<Scalars['AGS']['output']>;
  Address: ResolverTypeWrapper<AddressRecord>;
  CacheControlScope: CacheControlScope;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  FormerLink: ResolverTypeWrapper<FormerLink>;
  HousingBenefitCase: ResolverTypeWrapper<Omit<HousingBenefitCase, 'applicant'> & { applicant?: Maybe<ResolversTypes['Resident']> }>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ManualFollowUp: ResolverTypeWrapper<ManualFollowUp>;
  MaritalStatus: MaritalStatus;
  Municipality: ResolverTypeWrapper<Municipality>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PartialDate: ResolverTypeWrapper<Scalars['PartialDate']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Residence: ResolverTypeWrapper<ResidenceRecord>;
  ResidenceStatus: ResidenceStatus;
  Resident: ResolverTypeWrapper<ResidentRecord>;
  ResidentConnection: ResolverTypeWrapper<Omit<ResidentConnection, 'edges'> & { edges: Array<ResolversTypes['ResidentEdge']> }>;
  ResidentEdge: ResolverTypeWrapper<Omit<ResidentEdge, 'node'> & { node: ResolversTypes['Resident'] }>;
  ResidentSearch: ResidentSearch;
  Sex: Sex;
  Vehicle: ResolverTypeWrapper<Omit<Vehicle, 'holder'> & { holder?: Maybe<ResolversTypes['Resident']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AGS: Scalars['AGS']['output'];
  Address: AddressRecord;
  Date: Scalars['Date']['output'];
  FormerLink: FormerLink;
  HousingBenefitCase: Omit<HousingBenefitCase, 'applicant'> & { applicant?: Maybe<ResolversParentTypes['Resident']> } | FederationReferenceTypes['HousingBenefitCase'];
  ID: Scalars['ID']['output'];
  ManualFollowUp: ManualFollowUp;
  Municipality: Municipality;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  PartialDate: Scalars['PartialDate']['output'];
  Query: Record<PropertyKey, never>;
  Residence: ResidenceRecord;
  Resident: ResidentRecord;
  ResidentConnection: Omit<ResidentConnection, 'edges'> & { edges: Array<ResolversParentTypes['ResidentEdge']> };
  ResidentEdge: Omit<ResidentEdge, 'node'> & { node: ResolversParentTypes['Resident'] };
  ResidentSearch: ResidentSearch;
  Vehicle: Omit<Vehicle, 'holder'> & { holder?: Maybe<ResolversParentTypes['Resident']> } | FederationReferenceTypes['Vehicle'];
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

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  ags?: Resolver<Maybe<ResolversTypes['AGS']>, ParentType, ContextType>;
  conditionalBlock?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  houseNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  place?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  street?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type FormerLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FormerLink'] = ResolversParentTypes['FormerLink']> = {
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  link?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HousingBenefitCaseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HousingBenefitCase'] = ResolversParentTypes['HousingBenefitCase'], FederationReferenceType extends FederationReferenceTypes['HousingBenefitCase'] = FederationReferenceTypes['HousingBenefitCase']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['HousingBenefitCase']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  applicant?: Resolver<Maybe<ResolversTypes['Resident']>, ParentType, ContextType>;
  caseNumber?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ManualFollowUpResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ManualFollowUp'] = ResolversParentTypes['ManualFollowUp']> = {
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MunicipalityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Municipality'] = ResolversParentTypes['Municipality']> = {
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  requestManualFollowUp?: Resolver<Maybe<ResolversTypes['ManualFollowUp']>, ParentType, ContextType, RequireFields<MutationRequestManualFollowUpArgs, 'ags' | 'search'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export interface PartialDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['PartialDate'], any> {
  name: 'PartialDate';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<Maybe<ResolversTypes['Resident']>, ParentType, ContextType>;
  resident?: Resolver<Maybe<ResolversTypes['Resident']>, ParentType, ContextType, RequireFields<QueryResidentArgs, 'ags' | 'id'>>;
  residents?: Resolver<Maybe<ResolversTypes['ResidentConnection']>, ParentType, ContextType, RequireFields<QueryResidentsArgs, 'ags' | 'first' | 'search'>>;
};

export type ResidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Residence'] = ResolversParentTypes['Residence']> = {
  address?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  isCurrent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  movedIn?: Resolver<Maybe<ResolversTypes['PartialDate']>, ParentType, ContextType>;
  movedOut?: Resolver<Maybe<ResolversTypes['PartialDate']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['ResidenceStatus']>, ParentType, ContextType>;
};

export type ResidentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Resident'] = ResolversParentTypes['Resident'], FederationReferenceType extends FederationReferenceTypes['Resident'] = FederationReferenceTypes['Resident']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Resident']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  birthName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  callName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  currentAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  dateOfBirth?: Resolver<Maybe<ResolversTypes['PartialDate']>, ParentType, ContextType>;
  doctorate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  familyName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  givenNames?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  housingBenefitFormerly?: Resolver<Maybe<Array<ResolversTypes['FormerLink']>>, ParentType, ContextType>;
  housingBenefitLink?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maritalStatus?: Resolver<Maybe<ResolversTypes['MaritalStatus']>, ParentType, ContextType>;
  municipality?: Resolver<Maybe<ResolversTypes['Municipality']>, ParentType, ContextType>;
  nationalities?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  ownRecord?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  placeOfBirth?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  residences?: Resolver<Maybe<Array<ResolversTypes['Residence']>>, ParentType, ContextType>;
  sex?: Resolver<Maybe<ResolversTypes['Sex']>, ParentType, ContextType>;
  vehiclesFormerly?: Resolver<Maybe<Array<ResolversTypes['FormerLink']>>, ParentType, ContextType>;
  vehiclesLink?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ResidentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResidentConnection'] = ResolversParentTypes['ResidentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ResidentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ResidentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResidentEdge'] = ResolversParentTypes['ResidentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Resident'], ParentType, ContextType>;
};

export type VehicleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Vehicle'] = ResolversParentTypes['Vehicle'], FederationReferenceType extends FederationReferenceTypes['Vehicle'] = FederationReferenceTypes['Vehicle']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Vehicle']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['Resident']>, ParentType, ContextType>;
  vin?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AGS?: GraphQLScalarType;
  Address?: AddressResolvers<ContextType>;
  Date?: GraphQLScalarType;
  FormerLink?: FormerLinkResolvers<ContextType>;
  HousingBenefitCase?: HousingBenefitCaseResolvers<ContextType>;
  ManualFollowUp?: ManualFollowUpResolvers<ContextType>;
  Municipality?: MunicipalityResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PartialDate?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Residence?: ResidenceResolvers<ContextType>;
  Resident?: ResidentResolvers<ContextType>;
  ResidentConnection?: ResidentConnectionResolvers<ContextType>;
  ResidentEdge?: ResidentEdgeResolvers<ContextType>;
  Vehicle?: VehicleResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cacheTag?: CacheTagDirectiveResolver<any, any, ContextType>;
  constraint?: ConstraintDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
};
