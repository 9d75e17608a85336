package dev.nectar;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.DependencyRules.NO_CLASSES_SHOULD_DEPEND_UPPER_PACKAGES;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;

/** The house: which package may know which. */
@AnalyzeClasses(packages = "dev.nectar", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule image_knowsNobody = knowsOnly("image");
  @ArchTest static final ArchRule settings_knowsNobody = knowsOnly("settings");

  @ArchTest
  static final ArchRule http_knowsImageAndSettings = knowsOnly("http", "image", "settings");

  @ArchTest
  static final ArchRule backend_knowsLeaves = knowsOnly("backend", "image", "http", "settings");

  @ArchTest
  static final ArchRule prompt_knowsLeaves = knowsOnly("prompt", "image", "http", "settings");

  @ArchTest
  static final ArchRule cache_knowsLeaves = knowsOnly("cache", "image", "http", "settings");

  @ArchTest
  static final ArchRule hosting_knowsLeaves = knowsOnly("hosting", "image", "http", "settings");

  @ArchTest
  static final ArchRule variant_knowsLeaves = knowsOnly("variant", "image", "http", "settings");

  @ArchTest
  static final ArchRule generation_knowsWhatLiesBelow =
      knowsOnly("generation", "backend", "prompt", "cache", "hosting", "image", "http", "settings");

  @ArchTest static final ArchRule openai_knowsImageOnly = knowsOnly("openai", "image");

  @ArchTest
  static final ArchRule openai_isKnownByWebOnly =
      noClasses()
          .that()
          .resideInAnyPackage("dev.nectar.*..")
          .and(not(resideInAnyPackage("dev.nectar.web..", "dev.nectar.openai..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.nectar.openai..");

  @ArchTest
  static final ArchRule demo_isKnownByNobody =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.nectar.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.nectar.demo..");

  @ArchTest
  static final ArchRule top_isKnownByTheApplicationOnly =
      noClasses()
          .that()
          .resideInAnyPackage("dev.nectar.*..")
          .and(
              not(
                  resideInAnyPackage(
                      "dev.nectar.web..",
                      "dev.nectar.admin..",
                      "dev.nectar.status..",
                      "dev.nectar.ui..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.nectar.web..", "dev.nectar.admin..", "dev.nectar.status..", "dev.nectar.ui..");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("dev.nectar.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_knowNoUpperOnes = NO_CLASSES_SHOULD_DEPEND_UPPER_PACKAGES;

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

  private static ArchRule knowsOnly(String subject, String... others) {
    var known =
        Arrays.stream(others).map(name -> "dev.nectar." + name + "..").toArray(String[]::new);
    var strangers =
        resideInAnyPackage("dev.nectar..")
            .and(not(resideInAnyPackage("dev.nectar." + subject + "..")))
            .and(not(resideInAnyPackage(known)));
    return noClasses()
        .that()
        .resideInAPackage("dev.nectar." + subject + "..")
        .should()
        .dependOnClassesThat(strangers);
  }
}
