package dev.nectar.openai;

import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageLinks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OpenAiConfiguration {

  @Bean
  OpenAiPictures openAiPictures(HostedImages hosted, ImageLinks links) {
    return new OpenAiPictures(hosted, links);
  }
}
