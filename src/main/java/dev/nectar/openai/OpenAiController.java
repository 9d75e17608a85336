package dev.nectar.openai;

import dev.nectar.http.JsonObjectBody;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.web.Access;
import dev.nectar.web.InputPictures;
import dev.nectar.web.Problem;
import dev.nectar.web.QueryParameters;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** OpenAI's images API, for clients that speak it. */
@Controller
class OpenAiController {

  private final Access access;
  private final InputPictures inputs;
  private final StagingArea staging;
  private final OrderAnswers orders;
  private final RandomGenerator random;

  OpenAiController(
      Access access,
      InputPictures inputs,
      StagingArea staging,
      OrderAnswers orders,
      RandomGenerator random) {
    this.access = access;
    this.inputs = inputs;
    this.staging = staging;
    this.orders = orders;
    this.random = random;
  }

  @PostMapping(path = "/v1/images/generations", consumes = MediaType.APPLICATION_JSON_VALUE)
  void generate(HttpServletRequest request, HttpServletResponse response) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    var body = JsonObjectBody.read(request.getInputStream());
    var wanted = ImagesOrder.of(body, RawRequest.model(request), random);
    orders.check(wanted);
    var given = inputs.toMake(wanted.each(), OpenAiPictures::problem).named(body::get, request);
    make(wanted, given, request, response);
  }

  @PostMapping(path = "/v1/images/edits", consumes = MediaType.APPLICATION_JSON_VALUE)
  void edit(HttpServletRequest request, HttpServletResponse response) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    ImagesOrder wanted;
    InputPictures.Given given;
    try (var staged = new StagedPictures(staging)) {
      var body = EditBody.read(request.getInputStream(), staged, staging.maxImageBytes());
      wanted = ImagesOrder.ofEdit(body.members(), RawRequest.model(request), random);
      orders.check(wanted);
      given =
          required(
              inputs
                  .toMake(wanted.each(), OpenAiPictures::problem)
                  .of(body.images(), body.mask(), staged, request));
    }
    make(wanted, given, request, response);
  }

  @PostMapping(path = "/v1/images/edits", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  void editForm(HttpServletRequest request, HttpServletResponse response) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    try (var form = inputs.form(request)) {
      var wanted = ImagesOrder.ofEdit(form.texts(), RawRequest.model(request), random);
      orders.check(wanted);
      make(wanted, required(form.take(wanted.each(), OpenAiPictures::problem)), request, response);
    }
  }

  private static InputPictures.Given required(InputPictures.Given given) {
    if (given.inputs().isEmpty()) {
      throw new InvalidImageRequestException(
          "image", "There is no picture to edit, which 'image' is to bring.");
    }
    return given;
  }

  private void make(
      ImagesOrder wanted,
      InputPictures.Given given,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    try (var shared = given.share(wanted.count())) {
      orders.make(wanted.from(given.inputs()), shared, request, response);
    }
  }

  /** An order that was not waited for. */
  @GetMapping(DeferredOrders.PLACE + "{id}")
  void ask(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    orders.again(id, request, response);
  }

  /** Some clients try it out. */
  @PostMapping("/v1/images/variations")
  void vary(HttpServletRequest request) {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    throw Problem.NOT_OFFERED.because(
        "There are no variations here; /v1/images/generations makes images from a prompt.");
  }
}
