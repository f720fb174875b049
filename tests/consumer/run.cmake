# Installs the build into a fresh prefix, builds the consumer against it and runs it.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${WORK_DIR}/prefix)
run(${CMAKE_COMMAND} -S ${SOURCE_DIR} -B ${WORK_DIR}/build -DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix
    -DCMAKE_CXX_COMPILER=${CXX_COMPILER} -DCMAKE_CXX_FLAGS=${CXX_FLAGS}
    -DCMAKE_BUILD_TYPE=${BUILD_TYPE})
run(${CMAKE_COMMAND} --build ${WORK_DIR}/build)
# The engine alone has no dependencies.
run(${CMAKE_COMMAND} -S ${SOURCE_DIR}/engine_only -B ${WORK_DIR}/engine_only
    -DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix -DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON
    -DCMAKE_CXX_COMPILER=${CXX_COMPILER} -DCMAKE_CXX_FLAGS=${CXX_FLAGS}
    -DCMAKE_BUILD_TYPE=${BUILD_TYPE})
run(${CMAKE_COMMAND} --build ${WORK_DIR}/engine_only)
run(${WORK_DIR}/engine_only/differentiate)
if(NOT output STREQUAL "6\n")
  message(FATAL_ERROR "differentiate printed ${output}")
endif()
run(${WORK_DIR}/build/derive)
foreach(expected "-0.02710941227194" "∂E/∂w = −0.06894·0.3932 = −0.02711" "\\begin{align*}")
  string(FIND "${output}" "${expected}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "derive did not print ${expected}, but\n${output}")
  endif()
endforeach()
run(${WORK_DIR}/prefix/bin/chalkgrad --version)
