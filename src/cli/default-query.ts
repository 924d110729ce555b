/** What the development page opens with: the first look of a prison worker. */
export const DEFAULT_QUERY = `# Header nivel-purpose: RELEASE_PLANNING
query FirstLook {
  cases(first: 1) {
    edges {
      node {
        id
        person { familyName { value } givenNames { value } homeMunicipality { status value } }
        sentence { conditionalReleaseOn { status value facts { holder asOf } } }
        earliestReleaseOn
        benefits { benefits { status } }
        sourceIssues { source kind message }
        withheld { path holder reason }
      }
    }
  }
}
`;
