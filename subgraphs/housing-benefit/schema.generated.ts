import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CaseRecord, DecisionRecord, PaymentRecord } from './record.js';
import type { ResidentReference } from './access.js';
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

export type FormerLink = {
  __typename?: 'FormerLink';
  ags: Scalars['AGS']['output'];
  link: Scalars['String']['output'];
};

/** A housing-benefit case (Wohngeldfall). */
export type HousingBenefitCase = {
  __typename?: 'HousingBenefitCase';
  /** Municipality where the household lives. */
  ags: Scalars['AGS']['output'];
  /**
   * The applicant's name and date of birth in this register, encrypted for the residents register alone; see
   * HousingBenefitCase.applicant.
   */
  applicantLink?: Maybe<Scalars['String']['output']>;
  /** Case number (Wohngeldnummer), without personal data (§ 35 (2) WoGG). */
  caseNumber: Scalars['ID']['output'];
  /** Decisions (Bescheide, § 24 WoGG), the latest first. */
  decisions?: Maybe<Array<HousingBenefitDecision>>;
  /** Gross cold rent a month in euro cents (§ 9 WoGG). */
  grossColdRentCents?: Maybe<Scalars['Int']['output']>;
  /** Members of the household (§ 5 WoGG). */
  householdSize?: Maybe<Scalars['Int']['output']>;
  /** Benefit a month in euro cents as last decided (§ 19 WoGG); null before a decision. */
  monthlyAmountCents?: Maybe<Scalars['Int']['output']>;
  /** Total income a month in euro cents (§ 13 WoGG). */
  monthlyIncomeCents?: Maybe<Scalars['Int']['output']>;
  /** For the access log: that this is the case of whoever asks, sealed for it alone; null for everybody else. */
  ownRecord?: Maybe<Scalars['String']['output']>;
  /** Payments (§ 26 WoGG), the latest first. */
  payments?: Maybe<HousingBenefitPaymentConnection>;
  /** Last day of the grant period. */
  periodEnd?: Maybe<Scalars['Date']['output']>;
  /** First day of the grant period (Bewilligungszeitraum, § 25 WoGG). */
  periodStart?: Maybe<Scalars['Date']['output']>;
  /** State of the case. */
  status?: Maybe<HousingBenefitStatus>;
};


/** A housing-benefit case (Wohngeldfall). */
export type HousingBenefitCasePaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of cases. */
export type HousingBenefitCaseConnection = {
  __typename?: 'HousingBenefitCaseConnection';
  /** The cases of this page, by case number. */
  edges: Array<HousingBenefitCaseEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One case of a page. */
export type HousingBenefitCaseEdge = {
  __typename?: 'HousingBenefitCaseEdge';
  /** Cursor of this case. */
  cursor: Scalars['String']['output'];
  /** The case. */
  node: HousingBenefitCase;
};

/** A written decision (Bescheid, § 24 WoGG). */
export type HousingBenefitDecision = {
  __typename?: 'HousingBenefitDecision';
  /** Day of the decision. */
  decidedOn?: Maybe<Scalars['Date']['output']>;
  /** What was decided. */
  kind?: Maybe<HousingBenefitDecisionKind>;
  /** Benefit a month in euro cents; 0 for a refusal. */
  monthlyAmountCents?: Maybe<Scalars['Int']['output']>;
  /** From when it holds. */
  validFrom?: Maybe<Scalars['Date']['output']>;
  /** Until when it holds; null where it is open. */
  validTo?: Maybe<Scalars['Date']['output']>;
};

/** Kind of a decision. */
export type HousingBenefitDecisionKind =
  /** Continued grant. */
  | 'CONTINUATION'
  /** New decision ex officio (§ 27 (2), § 44 WoGG). */
  | 'EX_OFFICIO'
  /** First grant. */
  | 'FIRST_GRANT'
  /** Increase (§ 27 (1) WoGG). */
  | 'INCREASE'
  /** Refusal. */
  | 'REFUSAL'
  /** Stop (§ 28 WoGG). */
  | 'STOP';

/**
 * An estimate after § 19 WoGG; not binding. Kept for minutes: it depends on the figures and the law alone, and says which
 * parameters it used.
 */
export type HousingBenefitEstimate = {
  __typename?: 'HousingBenefitEstimate';
  /** Y of § 19 WoGG in euro cents, before the minimum of Anlage 3. */
  consideredIncomeCents: Scalars['Int']['output'];
  /** M of § 19 WoGG in euro cents, before the minimum of Anlage 3. */
  consideredRentCents: Scalars['Int']['output'];
  /** Whether there is a claim: at least 10 € a month (§ 21 WoGG). */
  entitled: Scalars['Boolean']['output'];
  /** Benefit a month in euro cents; 0 without a claim. */
  monthlyAmountCents: Scalars['Int']['output'];
  /** Whether an update of the parameters (§ 43 WoGG) was due by the day asked for and is not there yet. */
  parametersOutdated: Scalars['Boolean']['output'];
  /** First day of the parameters used. */
  parametersValidFrom: Scalars['Date']['output'];
  /** Mietenstufe 1 to 7 of the municipality (WoGV, Anlage). */
  rentLevel: Scalars['Int']['output'];
};

/** Figures of a household for an estimate. */
export type HousingBenefitEstimateInput = {
  /** Municipality where the household lives; it decides the rent level (§ 12 WoGG). */
  ags: Scalars['AGS']['input'];
  /** Members who count, fewer than householdSize where § 7 WoGG excludes some; then § 11 (3) holds. */
  entitledMembers?: InputMaybe<Scalars['Int']['input']>;
  /** Gross cold rent a month in euro cents, without heating. */
  grossColdRentCents: Scalars['Int']['input'];
  /** Members of the household, 1 to 30. */
  householdSize: Scalars['Int']['input'];
  /** Total income a month in euro cents, after the deductions of §§ 14 to 18 WoGG. */
  monthlyIncomeCents: Scalars['Int']['input'];
  /** Day whose law counts; default: today. */
  onDate?: InputMaybe<Scalars['Date']['input']>;
};

/** A payment (§ 26 WoGG: monthly, in advance). */
export type HousingBenefitPayment = {
  __typename?: 'HousingBenefitPayment';
  /** Amount in euro cents. */
  amountCents?: Maybe<Scalars['Int']['output']>;
  /** First day of the month it is paid for. */
  forMonth?: Maybe<Scalars['Date']['output']>;
  /** Day it was paid. */
  paidOn?: Maybe<Scalars['Date']['output']>;
};

/** A page of payments. */
export type HousingBenefitPaymentConnection = {
  __typename?: 'HousingBenefitPaymentConnection';
  /** The payments of this page, the latest first. */
  edges: Array<HousingBenefitPaymentEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One payment of a page. */
export type HousingBenefitPaymentEdge = {
  __typename?: 'HousingBenefitPaymentEdge';
  /** Cursor of this payment. */
  cursor: Scalars['String']['output'];
  /** The payment. */
  node: HousingBenefitPayment;
};

/** State of a case. */
export type HousingBenefitStatus =
  /** Applied for, not decided (§ 22 WoGG). */
  | 'APPLIED'
  /** Grant period over. */
  | 'ENDED'
  /** Granted and running. */
  | 'GRANTED'
  /** Refused (§ 21 WoGG). */
  | 'REFUSED'
  /** Stopped or void (§ 28 WoGG). */
  | 'STOPPED';

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
  /** One case by its number (Wohngeldnummer, § 35 (2) WoGG); null where the office has none. */
  housingBenefitCase?: Maybe<HousingBenefitCase>;
  /** The cases of a municipality, by case number. */
  housingBenefitCases?: Maybe<HousingBenefitCaseConnection>;
  /**
   * Computes housing benefit (§ 19 WoGG) from the figures given, without any register. Not binding: the competent office
   * decides.
   */
  housingBenefitEstimate?: Maybe<HousingBenefitEstimate>;
};


export type QueryHousingBenefitCaseArgs = {
  ags: Scalars['AGS']['input'];
  caseNumber: Scalars['ID']['input'];
};


export type QueryHousingBenefitCasesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  ags: Scalars['AGS']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<HousingBenefitStatus>;
};


export type QueryHousingBenefitEstimateArgs = {
  input: HousingBenefitEstimateInput;
};

export type Resident = {
  __typename?: 'Resident';
  ags: Scalars['AGS']['output'];
  /**
   * Housing-benefit cases in which the person is the applicant, the latest period first; one's own also at the offices of
   * former residences. Social data (§ 35 SGB I).
   */
  housingBenefitCases?: Maybe<Array<HousingBenefitCase>>;
  housingBenefitFormerly?: Maybe<Array<FormerLink>>;
  housingBenefitLink?: Maybe<Scalars['String']['output']>;
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
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  HousingBenefitCase:
    ( { __typename: 'HousingBenefitCase' }
    & GraphQLRecursivePick<FederationTypes['HousingBenefitCase'], {"ags":true,"caseNumber":true}> );
  Resident:
    ( { __typename: 'Resident' }
    & GraphQLRecursivePick<FederationTypes['Resident'], {"ags":true,"housingBenefitLink":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Resident'], {"housingBenefitFormerly":{"ags":true,"link":true}}> ) );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AGS: ResolverTypeWrapper<Scalars['AGS']['output']>;
  CacheControlScope: CacheControlScope;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  FormerLink: ResolverTypeWrapper<FormerLink>;
  HousingBenefitCase: ResolverTypeWrapper<CaseRecord>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  HousingBenefitCaseConnection: ResolverTypeWrapper<Omit<HousingBenefitCaseConnection, 'edges'> & { edges: Array<ResolversTypes['HousingBenefitCaseEdge']> }>;
  HousingBenefitCaseEdge: ResolverTypeWrapper<Omit<HousingBenefitCaseEdge, 'node'> & { node: ResolversTypes['HousingBenefitCase'] }>;
  HousingBenefitDecision: ResolverTypeWrapper<DecisionRecord>;
  HousingBenefitDecisionKind: HousingBenefitDecisionKind;
  HousingBenefitEstimate: ResolverTypeWrapper<HousingBenefitEstimate>;
  HousingBenefitEstimateInput: HousingBenefitEstimateInput;
  HousingBenefitPayment: ResolverTypeWrapper<PaymentRecord>;
  HousingBenefitPaymentConnection: ResolverTypeWrapper<Omit<HousingBenefitPaymentConnection, 'edges'> & { edges: Array<ResolversTypes['HousingBenefitPaymentEdge']> }>;
  HousingBenefitPaymentEdge: ResolverTypeWrapper<Omit<HousingBenefitPaymentEdge, 'node'> & { node: ResolversTypes['HousingBenefitPayment'] }>;
  HousingBenefitStatus: HousingBenefitStatus;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PartialDate: ResolverTypeWrapper<Scalars['PartialDate']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Resident: ResolverTypeWrapper<ResidentReference>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AGS: Scalars['AGS']['output'];
  Date: Scalars['Date']['output'];
  FormerLink: FormerLink;
  HousingBenefitCase: CaseRecord;
  ID: Scalars['ID']['output'];
  HousingBenefitCaseConnection: Omit<HousingBenefitCaseConnection, 'edges'> & { edges: Array<ResolversParentTypes['HousingBenefitCaseEdge']> };
  HousingBenefitCaseEdge: Omit<HousingBenefitCaseEdge, 'node'> & { node: ResolversParentTypes['HousingBenefitCase'] };
  HousingBenefitDecision: DecisionRecord;
  HousingBenefitEstimate: HousingBenefitEstimate;
  HousingBenefitEstimateInput: HousingBenefitEstimateInput;
  HousingBenefitPayment: PaymentRecord;
  HousingBenefitPaymentConnection: Omit<HousingBenefitPaymentConnection, 'edges'> & { edges: Array<ResolversParentTypes['HousingBenefitPaymentEdge']> };
  HousingBenefitPaymentEdge: Omit<HousingBenefitPaymentEdge, 'node'> & { node: ResolversParentTypes['HousingBenefitPayment'] };
  PageInfo: PageInfo;
  PartialDate: Scalars['PartialDate']['output'];
  Query: Record<PropertyKey, never>;
  Resident: ResidentReference;
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

export type HousingBenefitCaseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HousingBenefitCase'] = ResolversParentTypes['HousingBenefitCase'], FederationReferenceType extends FederationReferenceTypes['HousingBenefitCase'] = FederationReferenceTypes['HousingBenefitCase']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['HousingBenefitCase']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  applicantLink?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  caseNumber?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  decisions?: Resolver<Maybe<Array<ResolversTypes['HousingBenefitDecision']>>, ParentType, ContextType>;
  grossColdRentCents?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  householdSize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  monthlyAmountCents?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  monthlyIncomeCents?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  ownRecord?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payments?: Resolver<Maybe<ResolversTypes['HousingBenefitPaymentConnection']>, ParentType, ContextType, RequireFields<HousingBenefitCasePaymentsArgs, 'first'>>;
  periodEnd?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  periodStart?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['HousingBenefitStatus']>, ParentType, ContextType>;
};

export type HousingBenefitCaseConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HousingBenefitCaseConnection'] = ResolversParentTypes['HousingBenefitCaseConnection']> = {
  edges?: Resolver<Array<ResolversTypes['HousingBenefitCaseEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type HousingBenefitCaseEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HousingBenefitCaseEdge'] = ResolversParentTypes['HousingBenefitCaseEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HousingBenefitCase'], ParentType, ContextType>;
};

export type HousingBenefitDecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HousingBenefitDecision'] = ResolversParentTypes['HousingBenefitDecision']> = {
  decidedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['HousingBenefitDecisionKind']>, ParentType, ContextType>;
  monthlyAmountCents?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type HousingBenefitEstimateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HousingBenefitEstimate'] = ResolversParentTypes['HousingBenefitEstimate']> = {
  consideredIncomeCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  consideredRentCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entitled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  monthlyAmountCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parametersOutdated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  parametersValidFrom?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  rentLevel?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HousingBenefitPaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HousingBenefitPayment'] = ResolversParentTypes['HousingBenefitPayment']> = {
  amountCents?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  forMonth?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  paidOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type HousingBenefitPaymentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HousingBenefitPaymentConnection'] = ResolversParentTypes['HousingBenefitPaymentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['HousingBenefitPaymentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type HousingBenefitPaymentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HousingBenefitPaymentEdge'] = ResolversParentTypes['HousingBenefitPaymentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HousingBenefitPayment'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export interface PartialDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['PartialDate'], any> {
  name: 'PartialDate';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  housingBenefitCase?: Resolver<Maybe<ResolversTypes['HousingBenefitCase']>, ParentType, ContextType, RequireFields<QueryHousingBenefitCaseArgs, 'ags' | 'caseNumber'>>;
  housingBenefitCases?: Resolver<Maybe<ResolversTypes['HousingBenefitCaseConnection']>, ParentType, ContextType, RequireFields<QueryHousingBenefitCasesArgs, 'ags' | 'first'>>;
  housingBenefitEstimate?: Resolver<Maybe<ResolversTypes['HousingBenefitEstimate']>, ParentType, ContextType, RequireFields<QueryHousingBenefitEstimateArgs, 'input'>>;
};

export type ResidentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Resident'] = ResolversParentTypes['Resident'], FederationReferenceType extends FederationReferenceTypes['Resident'] = FederationReferenceTypes['Resident']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Resident']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ags?: Resolver<ResolversTypes['AGS'], ParentType, ContextType>;
  housingBenefitCases?: Resolver<Maybe<Array<ResolversTypes['HousingBenefitCase']>>, ParentType, ContextType>;
  housingBenefitLink?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AGS?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  FormerLink?: FormerLinkResolvers<ContextType>;
  HousingBenefitCase?: HousingBenefitCaseResolvers<ContextType>;
  HousingBenefitCaseConnection?: HousingBenefitCaseConnectionResolvers<ContextType>;
  HousingBenefitCaseEdge?: HousingBenefitCaseEdgeResolvers<ContextType>;
  HousingBenefitDecision?: HousingBenefitDecisionResolvers<ContextType>;
  HousingBenefitEstimate?: HousingBenefitEstimateResolvers<ContextType>;
  HousingBenefitPayment?: HousingBenefitPaymentResolvers<ContextType>;
  HousingBenefitPaymentConnection?: HousingBenefitPaymentConnectionResolvers<ContextType>;
  HousingBenefitPaymentEdge?: HousingBenefitPaymentEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PartialDate?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Resident?: ResidentResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cacheTag?: CacheTagDirectiveResolver<any, any, ContextType>;
  constraint?: ConstraintDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
};
