package dev.nectar.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.util.LinkedMultiValueMap;

/**
 * Has whatever asks for parameters read the query as {@link QueryParameters} does, and never the
 * body: Tomcat takes a malformed one for a fault of the servlet.
 */
@Order(0)
public final class QueryFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new Queried(request), response);
  }

  private static final class Queried extends HttpServletRequestWrapper {

    Queried(HttpServletRequest request) {
      super(request);
    }

    /** Read when it is asked for, which most requests' never is. */
    private QueryParameters parameters() {
      return new QueryParameters(getQueryString());
    }

    @Override
    public @Nullable String getParameter(String name) {
      return parameters().get(name);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      var value = getParameter(name);
      return value == null ? null : new String[] {value};
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      var values = new LinkedMultiValueMap<String, String>();
      parameters().all().forEach(each -> values.add(each.getKey(), each.getValue()));
      var map = new LinkedHashMap<String, String[]>();
      values.forEach((name, all) -> map.put(name, all.toArray(String[]::new)));
      return Collections.unmodifiableMap(map);
    }
  }
}
