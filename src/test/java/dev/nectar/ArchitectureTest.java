package dev.nectar;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;

/** The house: which room may know which. */
@AnalyzeClasses(packages = "dev.nectar", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final List<String> LEAVES =
      List.of("image", "http", "storage", "settings", "observe");
  private static final List<String> MIDDLE =
      List.of("backend", "prompt", "cache", "hosting", "variant", "account");
  private static final List<String> BELOW_GENERATION = and(MIDDLE, LEAVES);
  private static final List<String> BELOW_WEB = and(List.of("generation"), BELOW_GENERATION);
  private static final List<String> BELOW_APIS = and(List.of("web"), BELOW_WEB);
  private static final List<String> TOP =
      List.of("web", "openai", "automatic1111", "admin", "status", "ui", "demo");

  /** They know no leaf but those that stand before them. */
  @ArchTest
  static final ArchRule leaves_knowNothingAbove =
      CompositeArchRule.of(knowsOnly("image", List.of()))
          .and(knowsOnly("settings", List.of()))
          .and(knowsOnly("observe", List.of("settings")))
          .and(knowsOnly("http", List.of("image", "settings", "observe")))
          .and(knowsOnly("storage", List.of("image", "settings", "observe")));

  @ArchTest
  static final ArchRule middleRooms_knowLeavesOnly =
      all(MIDDLE.stream().map(room -> knowsOnly(room, LEAVES)));

  @ArchTest
  static final ArchRule generation_knowsWhatLiesBelow = knowsOnly("generation", BELOW_GENERATION);

  @ArchTest static final ArchRule web_knowsWhatLiesBelow = knowsOnly("web", BELOW_WEB);

  /** An API for clients also knows how this server answers and whom it lets in. */
  @ArchTest
  static final ArchRule apis_knowWhatLiesBelowAndAnswers =
      all(
          Stream.of("openai", "automatic1111")
              .flatMap(room ->
                  Stream.of(
                      knowsOnly(room, BELOW_APIS),
                      knowsNot(room, "web.connection", "web.progress"))));

  @ArchTest
  static final ArchRule roomsAtTheTop_areKnownByNobodyBelow =
      all(BELOW_WEB.stream().map(room -> knowsNot(room, TOP.toArray(String[]::new))));

  @ArchTest
  static final ArchRule apisAndDemo_areKnownByNobody =
      all(
          Stream.of("openai", "automatic1111", "demo")
              .map(room ->
                  noClasses()
                      .that(not(resideInAPackage(within(room))))
                      // It gathers everybody's settings.
                      .and(not(resideInAPackage("dev.nectar")))
                      .should()
                      .dependOnClassesThat()
                      .resideInAPackage(within(room))));

  /** A room inside a room may know the one that it lies in, and is not known by it. */
  @ArchTest
  static final ArchRule innerRooms_areUnknownToTheOuter =
      all(
          Stream.of("web", "cache", "account", "backend", "http", "openai")
              .map(room ->
                  noClasses()
                      .that()
                      .resideInAPackage("dev.nectar." + room)
                      .should()
                      .dependOnClassesThat()
                      .resideInAPackage("dev.nectar." + room + ".*..")));

  @ArchTest
  static final ArchRule innerRooms_doNotKnowEachOther =
      all(
          Stream.of("web", "cache", "account", "backend", "http", "openai")
              .map(room ->
                  slices()
                      .matching("dev.nectar." + room + ".(*)..")
                      .should()
                      .notDependOnEachOther()));

  @ArchTest
  static final ArchRule rooms_haveNoCycles =
      slices().matching("dev.nectar.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule tomcatAndInternalsOfTheJdk_areForConnectionsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.nectar.web.connection..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.catalina..",
              "org.apache.coyote..",
              "org.apache.tomcat..",
              "org.springframework.boot.tomcat..",
              "sun..",
              "jdk.internal..");

  @ArchTest
  static final ArchRule image_isFreeOfFrameworks =
      noClasses()
          .that()
          .resideInAPackage("dev.nectar.image..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "tools.jackson..", "com.fasterxml..");

  @ArchTest
  static final ArchRule controllers_arePackagePrivate =
      classes()
          .that()
          .areAnnotatedWith(Controller.class)
          .or()
          .areMetaAnnotatedWith(Controller.class)
          .should()
          .bePackagePrivate();

  @ArchTest
  static final ArchRule fields_areNotInjected =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .orShould()
          .beAnnotatedWith(Value.class)
          .orShould()
          .beAnnotatedWith("jakarta.annotation.Resource")
          .orShould()
          .beAnnotatedWith("jakarta.inject.Inject");

  @ArchTest
  static final ArchRule names_tellTheDifference =
      noClasses().should().haveNameMatching(".*(Impl|Utils?|Manager|Helper)");

  @ArchTest
  static final ArchRule standardStreams_areLeftAlone = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  private static ArchRule all(Stream<? extends ArchRule> rules) {
    return CompositeArchRule.of(rules.toList());
  }

  private static List<String> and(List<String> rooms, List<String> others) {
    return Stream.concat(rooms.stream(), others.stream()).toList();
  }

  private static String within(String room) {
    return "dev.nectar." + room + "..";
  }

  private static String[] within(Stream<String> rooms) {
    return rooms.map(ArchitectureTest::within).toArray(String[]::new);
  }

  private static ArchRule knowsOnly(String room, List<String> others) {
    var known = within(Stream.concat(Stream.of(room), others.stream()));
    return noClasses()
        .that()
        .resideInAPackage(within(room))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.nectar..").and(not(resideInAnyPackage(known))));
  }

  private static ArchRule knowsNot(String room, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(within(room))
        .should()
        .dependOnClassesThat(resideInAnyPackage(within(Stream.of(others))));
  }
}
