package dev.nectar.openai.chat;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(ChatController.class)
public class ChatConfiguration {}
