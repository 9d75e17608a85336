/** By what operators follow the work: request ids, traces, and the shape of histograms. */
@NullMarked
package dev.nectar.observe;

import org.jspecify.annotations.NullMarked;
