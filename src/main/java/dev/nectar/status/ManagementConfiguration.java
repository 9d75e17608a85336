package dev.nectar.status;

import dev.nectar.web.QueryFilter;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Of the port for operators: no stereotype, lest it be found for the port for clients. */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementConfiguration {

  @Bean
  FilterRegistrationBean<LocalHosts> localHosts() {
    var registration = new FilterRegistrationBean<>(new LocalHosts());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  QueryFilter managementQueryFilter() {
    return new QueryFilter();
  }
}
