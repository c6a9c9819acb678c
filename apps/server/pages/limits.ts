/** Bounds of the public pages. Posts and media have their own, in the contract. */
export const pageLimits = {
  /** Pages that are made at once, and those that wait for that; more are asked to come back. */
  pagesAtOnce: 8,
  maxPagesWaiting: 10_000,
  postsPerPage: 50,
  /** Stored bytes of the posts on one page; a single larger post still gets a page (PAGE-39). */
  maxReadBytes: 262_144,
  channelsPerPage: 60,
  /** The directory goes no further by page number: who looks for more searches. */
  maxDirectoryPages: 100,
  /** Reads of the log for one page, where what was deleted leaves holes. */
  maxReadsPerPage: 4,
  feedPosts: 50,
  /** Post numbers that one sitemap covers, and channels that one lists. */
  seqsPerSitemap: 5_000,
  channelsPerSitemap: 5_000,
  /** Of an index of sitemaps (sitemaps.org). */
  maxSitemaps: 50_000,
  /** What one sitemap costs of an address's reads. */
  sitemapCost: 25,
  /** Compressed bodies kept for the next reader. */
  maxPackedBytes: 16_777_216,
  /** Decoded posts kept, by the size of what was decoded, and their text as markup. */
  maxViewBytes: 16_777_216,
  maxMarkupCharacters: 8_388_608,
  /** Addresses whose last change is remembered, for If-Modified-Since. */
  maxVersions: 10_000,
  /** Decoded blur placeholders kept. */
  maxPlaceholders: 2_000,
  maxUrlCharacters: 2_048,
  excerptCharacters: 200,
  titleCharacters: 90,
  /** What tabs and search results show of a title; of which a post's own words get the larger part. */
  tabTitleCharacters: 70,
  tabWordsCharacters: 46,
  tabChannelCharacters: 21,
} as const;
