package dev.nectar.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/** Ends the demo's back end with the application, whether that ran or failed to start. */
final class DemoLifecycle
    implements ApplicationContextInitializer<ConfigurableApplicationContext>,
        ApplicationListener<SpringApplicationEvent>,
        Ordered {

  private static final Logger log = LoggerFactory.getLogger(DemoLifecycle.class);

  private final DemoServer server;

  DemoLifecycle(DemoServer server) {
    this.server = server;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    // A context that fails before its refresh asks only the listeners it has got itself.
    context.addApplicationListener(this);
    // Registered before any bean, and so closed after all of them: generations can finish.
    if (context.getBeanFactory() instanceof DefaultListableBeanFactory beans) {
      beans.registerDisposableBean("demoServer", server::close);
    }
  }

  @Override
  public void onApplicationEvent(SpringApplicationEvent event) {
    switch (event) {
      case ApplicationFailedEvent _ -> server.close();
      case ApplicationReadyEvent ready -> welcome(ready.getApplicationContext());
      default -> {}
    }
  }

  private static void welcome(ConfigurableApplicationContext context) {
    var port = context.getEnvironment().getProperty("local.server.port");
    if (port != null) {
      log.info("Demo: open http://localhost:{}/prompt/a%20red%20apple?key=demo", port);
    }
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
